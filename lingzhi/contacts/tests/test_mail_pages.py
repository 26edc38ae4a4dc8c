"""Pages of mail: mailboxes are set up, what was kept apart is settled, a mail is shown safely."""

from datetime import date

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.models import Mail, Mailbox
from lingzhi.contacts.services.mail import take_mail
from lingzhi.contacts.subjects import CONVERSATIONS
from lingzhi.contacts.tests.post_office import letter
from lingzhi.core.encryption import unseal
from lingzhi.customers.models import Customer
from lingzhi.files.models import StoredFile

pytestmark = pytest.mark.django_db
GIVEN = {
    "address": "Help@Centre.example", "name": "云栖客服", "case_type": "enquiry",
    "imap_host": "imap.centre.example", "imap_port": 993, "imap_safety": "tls", "folder":
    "INBOX", "from_on": "2026-01-01",
    "after": "seen", "smtp_host": "smtp.centre.example", "smtp_port": 465, "smtp_safety": "tls",
    "sign_in": "password", "is_active": "on",
}  # fmt: skip


@pytest.fixture
def quiet(cast) -> Mailbox:
    """A mailbox of the first team that nobody looks into."""
    return Mailbox.objects.create(
        address="service@centre.example", name="云栖", unit=cast.first, responsible=cast.ada,
        case_type="enquiry", from_on=date(2020, 1, 1), imap_host="a", smtp_host="a", user="a",
    )  # fmt: skip


def test_a_mailbox_is_set_up_and_its_password_never_shown(cast, as_, monkeypatch):
    monkeypatch.setattr("lingzhi.cases.queries.mail.types_to_open", lambda: [])
    monkeypatch.setattr("lingzhi.cases.queries.mail.type_choices", lambda: [("enquiry", "咨询")])
    given = GIVEN | {"unit": cast.first.pk, "responsible": cast.ada.pk}
    url = reverse("contacts:mailbox_new")
    assert as_(cast.sol).post(url, given).status_code == 422  # no password
    assert as_(cast.sol).post(url, given | {"after": "move", "password": "x"}).status_code == 422
    assert as_(cast.sol).post(url, given | {"password": "geheim-1"}).status_code == 302
    box = Mailbox.objects.get()
    assert (box.address, box.user) == ("help@centre.example", "Help@Centre.example")
    place = "contacts.mailbox|password|help@centre.example"
    assert unseal(box.sealed_password, place) == "geheim-1"
    page = as_(cast.sol).get(reverse("contacts:mailbox", args=[box.pk])).content.decode()
    assert "geheim-1" not in page
    assert as_(cast.sol).post(
        reverse("contacts:mailbox", args=[box.pk]), given | {"name": "另一个名字"}
    ).status_code == 302  # fmt: skip
    box.refresh_from_db()
    assert (box.name, bool(box.sealed_password)) == ("另一个名字", True)
    entries = Entry.objects.filter(action="contacts.mailbox_set")
    assert entries.count() == 2
    assert "geheim-1" not in str(list(entries.values_list("before", "after")))
    tried = as_(cast.sol).post(reverse("contacts:mailbox_try", args=[box.pk]), follow=True)
    assert tried.content.decode().count("MAIL_ALLOW") >= 2
    assert as_(cast.ada).get(url).status_code == 403


def test_what_was_kept_apart_is_listed_and_taken(cast, as_, quiet):
    raw = letter(X_Spam_Flag="YES")
    mail = take_mail(quiet, (1, 1), raw, len(raw))
    page = as_(cast.ada).get(reverse("contacts:mails_apart")).content.decode()
    assert "投诉：订单未送达" in page
    assert "li@example.com" not in page
    assert "未送达" not in as_(cast.cai).get(reverse("contacts:mails_apart")).content.decode()
    url = reverse("contacts:mail_take", args=[mail.pk])
    assert as_(cast.cai).post(url).status_code == 404
    assert as_(cast.ada).post(url).status_code == 302
    assert as_(cast.ada).post(url).status_code == 409
    mail.refresh_from_db()
    assert (mail.state, mail.taken_by) == ("taken", cast.ada)


def test_a_mail_is_shown_with_a_reason_and_loads_nothing_from_elsewhere(cast, as_, quiet):
    raw = (
        b"From: li@example.com\r\nSubject: x\r\nMessage-ID: <a@b>\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: multipart/related; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>13800002071</p><script>x()</script>"
        b'<img src="cid:p1"><img src="https://evil.example/x.gif">\r\n'
        b"--b\r\nContent-Type: image/gif; name=p.gif\r\nContent-ID: <p1>\r\n\r\nGIF89a\r\n"
        b"--b\r\nContent-Type: application/pdf; name=a.pdf\r\n\r\n%PDF-1\r\n--b--\r\n"
    )
    mail = take_mail(quiet, (1, 1), raw, len(raw))
    contact = as_(cast.ada).get(reverse("contacts:detail", args=[mail.contact_id]))
    assert "a.pdf" in contact.content.decode()
    url = reverse("contacts:mail_show", args=[mail.pk])
    assert as_(cast.ada).post(url, {"reason": ""}).status_code == 422
    assert not Entry.objects.filter(action="contacts.mail_shown").exists()
    answer = as_(cast.ada).post(url, {"reason": "客户来电核对"})
    page, policy = answer.content.decode(), answer["Content-Security-Policy"]
    assert "13800002071" in page
    assert "evil.example" not in page
    assert "x()" not in page
    picture = reverse("contacts:mail_part", args=[mail.pk, 1])
    assert f'src="{picture}"' in page
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy
    assert Entry.objects.get(action="contacts.mail_shown").reason == "客户来电核对"
    shown = as_(cast.ada).get(picture)
    assert (shown["Content-Type"], "attachment" in shown["Content-Disposition"]) == (
        "image/gif", False,
    )  # fmt: skip
    taken = as_(cast.ada).get(reverse("contacts:mail_part", args=[mail.pk, 2]))
    assert "attachment" in taken["Content-Disposition"]
    assert Entry.objects.filter(action="contacts.mail_part_taken").count() == 1
    assert as_(cast.cai).get(picture).status_code == 404


def test_who_is_erased_leaves_no_mail(cast, quiet):
    raw = letter("电话13800002071")
    mail = take_mail(quiet, (1, 1), raw, len(raw))
    spam = letter(number=2, X_Spam_Flag="YES")
    take_mail(quiet, (1, 2), spam, len(spam))
    customer = Customer.objects.get()
    CONVERSATIONS.erase({customer.pk})
    assert not StoredFile.objects.filter(purpose="mail").exists()
    assert set(Mail.objects.values_list("sealed_head", "file")) == {("", None)}
    assert mail.contact.turns.get().sealed == ""
