from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.models import Contact
from lingzhi.jobs.models import Job
from lingzhi.notifications.models import Notice

URL = reverse("contacts:register")


def test_any_employee_registers_a_contact(as_, cast):
    data = {"kind": "contact", "words": "客户问保修期", "channel": "counter", "direction": "in",
            "customer_phone": "13800002071"}  # fmt: skip
    assert as_(cast.nora).post(URL, data).status_code == 302
    contact = Contact.objects.get()
    assert (contact.agent, contact.channel.code, contact.turns.get().role) == (
        cast.nora, "counter", "customer",
    )  # fmt: skip
    assert Entry.objects.filter(action="contacts.received", actor_id=cast.nora.pk).exists()
    assert Job.objects.filter(name="inspections.inspect_contacts").exists()


def test_lines_keep_their_speakers(as_, cast):
    data = {
        "kind": "contact",
        "words": "客服:您好\n客户:在吗",
        "channel": "chat",
        "direction": "in",
    }
    as_(cast.nora).post(URL, data)
    assert [turn.role for turn in Contact.objects.get().turns.all()] == ["agent", "customer"]


def test_a_lapse_goes_to_the_quality_representative(as_, cast):
    cast.hotline.quality_representative = cast.ines
    cast.hotline.save()
    data = {"kind": "lapse", "words": "标签贴错了", "unit": cast.first.pk}
    assert as_(cast.nora).post(URL, data).status_code == 302
    notice = Notice.objects.get()
    assert (notice.person, notice.body, notice.is_todo) == (cast.ines, "标签贴错了", True)


def test_without_a_representative_it_goes_to_the_quality_managers(as_, cast):
    as_(cast.nora).post(URL, {"kind": "idea", "words": "x", "unit": cast.first.pk})
    assert Notice.objects.get().person == cast.quan


def test_what_is_missing_is_named(as_, cast):
    assert as_(cast.nora).post(URL, {"kind": "contact", "words": "x"}).status_code == 422
    assert as_(cast.nora).post(URL, {"kind": "idea", "words": "x"}).status_code == 422
    assert not Contact.objects.exists()
