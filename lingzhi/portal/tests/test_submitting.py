import hashlib
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.models import Case, CaseFile, Complaint
from lingzhi.contacts.models import Mailbox, OutgoingMail
from lingzhi.contacts.services.outgoing import content_of
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.customers.models import Consent
from lingzhi.customers.services.notes import note
from lingzhi.portal.forms import public
from lingzhi.portal.models import PortalSettings, Submission
from lingzhi.portal.queries.codes import code_fits, read_code, spaced, submission_of
from lingzhi.portal.services.publishing import KEPT, set_portal
from lingzhi.portal.services.submitting import issue_code

pytestmark = pytest.mark.django_db


def code_in(answer) -> str:
    return urlsplit(answer["Location"]).path.split("/")[-2]


def test_a_request_gets_a_number_and_a_code_of_which_only_the_hash_is_kept(cast, send, as_):
    picture = SimpleUploadedFile("leak.png", b"\x89PNG\r\n\x1a\n...")
    answer = send(papers=picture, phone="13800002071", name="王小明")
    case, row = Case.objects.get(), Submission.objects.get()
    code = code_in(answer)
    assert submission_of(spaced(code).lower()) == row
    assert row.digest == hashlib.sha256(code.encode()).hexdigest()
    assert (case.owner, case.unit, case.channel.code) == (cast.bo, cast.first, "portal")
    assert (case.opened_by, case.opened_through) == (None, "portal")
    shown = as_(cast.bo).get(reverse("cases:case", args=[case.pk])).content.decode()
    assert str(case.get_opened_through_display()) in shown
    assert case.customer.identifiers.filter(kind="phone").exists()
    assert "同意" in row.consent or "agree" in row.consent
    assert "127.0.0.1" not in row.address
    assert CaseFile.objects.get().added_by is None
    entry = Entry.objects.get(action="portal.submitted")
    assert (entry.actor_id, entry.after["number"]) == (None, case.number)


def test_the_same_form_sent_twice_is_one_matter(send):
    first, second = send(nonce="a"), send(nonce="a")
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_a_complaint_goes_to_who_handles_complaints_a_suggestion_its_four_steps(send):
    send("complaint", demand="换新")
    assert Complaint.objects.get().case.demand == "换新"
    send("suggestion")
    assert Case.objects.latest("pk").type.code == "feedback"
    assert send("other").status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"consent": ""}, {"website": "http://spam"}, {"stamp": "forged"}, {"title": ""},
     {"phone": "call me"}],
)  # fmt: skip
def test_what_is_incomplete_or_automatic_opens_nothing(send, wrong):
    assert send(**wrong).status_code == 422
    assert not Case.objects.exists()


def test_who_is_too_quick_is_asked_again_with_what_was_written(send, monkeypatch):
    monkeypatch.setattr(public, "SOONEST", 3)
    answer = send(text="漏水了")
    assert answer.status_code == 422
    assert "漏水了" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.png", b"<svg onload=alert(1)>"), ("run.exe", b"MZ"), ("a.txt", b"")],
)
def test_files_are_what_they_say_and_nothing_else(send, name, data):
    assert send(papers=SimpleUploadedFile(name, data)).status_code == 422
    assert not Case.objects.exists()


def test_six_files_are_too_many(send):
    files = [SimpleUploadedFile(f"{at}.txt", b"a") for at in range(6)]
    assert send(papers=files).status_code == 422


def test_an_hour_takes_so_much_of_one_address_and_so_much_in_all(send, portal, client):
    PortalSettings.objects.update(per_address=1)
    assert send(nonce="a").status_code == 302
    assert send(nonce="b").status_code == 409
    PortalSettings.objects.update(per_address=10, in_total=1)
    client.defaults["REMOTE_ADDR"] = "203.0.113.9"
    assert send(nonce="c", client=client).status_code == 409
    assert Case.objects.count() == 1


def test_more_than_the_files_may_hold_is_not_read(send, client, portal):
    answer = client.post(
        reverse("portal:write", args=["request"]), b"", content_type="text/plain",
        CONTENT_LENGTH=str(80 * 1024 * 1024),
    )  # fmt: skip
    assert answer.status_code == 413


def test_another_code_shuts_the_one_before(cast, send, as_):
    old = code_in(send())
    case = Case.objects.get()
    assert as_(cast.chen).post(reverse("portal:issue_code", args=[case.pk])).status_code == 404
    shown = as_(cast.bo).post(reverse("portal:issue_code", args=[case.pk])).content.decode()
    row = Submission.objects.get()
    assert submission_of(old) is None
    code = issue_code(row, by=cast.bo)
    assert code_fits(f" {case.number} ", spaced(code))
    assert not code_fits("2026110099", code)
    assert spaced(code) not in shown
    assert read_code("oil-0") == "0110"
    assert Entry.objects.filter(action="portal.code_issued").count() == 2


def test_a_portal_is_open_only_where_somebody_receives(cast, client):
    values = {name: getattr(PortalSettings(), name) for name in KEPT}
    with pytest.raises(BadInput):
        set_portal({**values, "is_open": True}, None, by=None)
    assert client.get(reverse("portal:home")).status_code == 404


def test_number_and_code_are_mailed_once_in_the_customers_language(cast, send, as_, settings):
    settings.SITE_URL = "https://centre.example"
    english = Client(headers={"accept-language": "en"})
    sent = {"email": "li@example.com", "nonce": "one", "client": english}
    assert send(**sent).status_code == 302
    assert Submission.objects.get().no_receipt == "no_mailbox"
    open_mailbox(cast.first, cast.bo)
    answer = send(**sent | {"nonce": "two"})
    assert send(**sent | {"nonce": "two"}).url == answer.url
    mail = OutgoingMail.objects.get()
    said = content_of(mail)
    assert said["to"] == "li@example.com"
    assert f"https://centre.example/portal/follow/{spaced(code_in(answer))}/" in said["text"]
    assert "We have received your matter" in said["text"]
    assert "漏水" not in said["text"] + said["subject"]  # nobody knows whose address it is
    assert "l***@example.com" in english.get(answer.url).content.decode()
    case = Case.objects.latest("pk")
    shown = as_(cast.bo).get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "电子邮件回执" in shown or "Receipt by e-mail" in shown
    note(Consent(customer=case.customer, purpose="", is_given=False, words="别写信"), by=None)
    assert send(**sent | {"nonce": "three"}).status_code == 302
    refused = Submission.objects.latest("pk")
    assert (refused.no_receipt, OutgoingMail.objects.count()) == ("refused", 1)
    assert send(**{**sent, "email": "", "nonce": "four"}).status_code == 302
    assert Submission.objects.latest("pk").no_receipt == "no_address"


def open_mailbox(unit, responsible) -> None:
    Mailbox.objects.create(
        address="service@centre.example", name="云栖", unit=unit, responsible=responsible,
        case_type="enquiry", from_on=today(), imap_host="x", smtp_host="x", user="x",
    )  # fmt: skip
