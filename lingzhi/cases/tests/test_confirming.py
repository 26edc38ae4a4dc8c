"""The customer gets the result by e-mail when a case is closed: once, and only where it may be.

The last tests send it to a real mail server, over the line.
"""

import re
from collections.abc import Iterator
from datetime import UTC, timedelta
from email import message_from_bytes, policy
from smtplib import SMTPServerDisconnected
from socket import create_server

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, make_closed, step
from lingzhi.cases.models import Case, CaseType, Confirmation
from lingzhi.cases.services.confirming import TRIES, send_confirmation
from lingzhi.cases.services.secrecy import hide_complainant
from lingzhi.contacts.factories import make_chat_site, make_line
from lingzhi.contacts.models import SentMessage
from lingzhi.contacts.services.message_replay import replay
from lingzhi.core.clock import now
from lingzhi.customers.factories import make_customer
from lingzhi.customers.models import Consent
from lingzhi.jobs.models import Job
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
SEND = "lingzhi.cases.services.confirming.send_mail"


@pytest.fixture
def case(cast, calendar, settings) -> Case:
    """In work; its type confirms, its customer has an address."""
    settings.EMAIL_HOST = "mail.example"
    customer = make_customer(name="王小明", email="wang@example.com")
    case = in_work(make_case(by=cast.bo, unit=cast.first, customer=customer), by=cast.bo)
    CaseType.objects.filter(pk=case.type_id).update(confirms=True)
    case.type.refresh_from_db()
    return case


def close(case: Case, by) -> Case:
    return make_closed(case, by=by)


def test_the_result_is_sent_once_and_kept(cast, case, run_jobs):
    close(case, cast.bo)
    run_jobs()
    (letter,) = mail.outbox
    assert letter.to == ["wang@example.com"]
    assert case.number in letter.subject
    assert all(one in letter.body for one in (case.number, case.title, "已送达"))
    row = Confirmation.objects.get()
    line = case.events.get(kind="confirmed")
    assert (row.state, line.way, line.text) == ("sent", "email", row.address)
    assert "wang@" not in line.text
    assert Entry.objects.filter(action="cases.confirmed").count() == 1
    send_confirmation(row)  # a job that is done twice
    assert len(mail.outbox) == 1
    step(case, "reopen", by=cast.bo)
    close(case, cast.bo)
    run_jobs()
    assert [one.cycle for one in Confirmation.objects.all()] == [2, 1]
    assert len(mail.outbox) == 2


def test_who_has_no_address_gets_a_text_message(cast, case, run_jobs):
    phone = make_customer(name="李四", phone="13800002072")
    Case.objects.filter(pk=case.pk).update(customer=phone)
    case.refresh_from_db()
    line = make_line(make_chat_site(cast.hotline), "sms")
    close(case, cast.bo)
    run_jobs()
    assert mail.outbox == []
    sent = SentMessage.objects.get()
    assert (sent.thread.person, case.number in sent.text) == ("13800002072", True)
    done = case.events.get(kind="confirmed")
    assert (done.way, done.text) == ("message", "138****2072")
    SentMessage.objects.update(state="sent")
    replay(line, [{"receipts": [{"id": sent.reference, "state": "failed", "reason": "UNDELIV"}]}])
    run_jobs()
    assert Confirmation.objects.get().state == "failed"
    assert case.events.get(kind="not_confirmed").way == "message"
    assert Notice.objects.filter(matter__startswith="cases.confirmation/").exists()


def test_the_words_are_the_centres_own(cast, case, run_jobs):
    CaseType.objects.update(confirmation="编号{number}：{result}。{other}")
    case.refresh_from_db()
    close(case, cast.bo)
    run_jobs()
    assert mail.outbox[0].body == f"编号{case.number}：已送达。{{other}}"


@pytest.mark.parametrize("why", ["type", "address", "refused", "hidden", "server"])
def test_it_is_not_sent_where_it_may_not_be(cast, case, settings, why):
    if why == "type":
        CaseType.objects.update(confirms=False)
    elif why == "address":
        Case.objects.update(customer=make_customer(phone="13800002072"))
    elif why == "refused":
        Consent.objects.create(
            customer=case.customer, purpose="", is_given=False, words="别再联系", noted_at=now()
        )
    elif why == "hidden":
        hide_complainant(case, ground="举报", by=cast.quan)
    else:
        settings.EMAIL_HOST = ""
    close(Case.objects.select_related("type", "version__flow").get(pk=case.pk), cast.bo)
    assert not Confirmation.objects.exists()


def test_who_is_hidden_meanwhile_gets_none(cast, case, run_jobs):
    close(case, cast.bo)
    hide_complainant(case, ground="举报", by=cast.quan)
    run_jobs()
    assert (Confirmation.objects.get().state, mail.outbox) == ("dropped", [])


def test_what_cannot_be_sent_is_tried_again_then_a_to_do(cast, case, run_jobs, monkeypatch):
    def refuse(*_given: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(SEND, refuse)
    close(case, cast.bo)
    run_jobs()
    for number in range(1, TRIES):
        row = Confirmation.objects.get()
        assert (row.state, row.tries) == ("waiting", number)
        assert Job.objects.latest("pk").run_after > now()
        send_confirmation(row)  # what the next job does
    row.refresh_from_db()
    assert (row.state, "ConnectionRefusedError" in row.problem) == ("failed", True)
    assert case.events.get(kind="not_confirmed").text == row.problem
    to_do = Notice.objects.filter(person=cast.bo, is_todo=True, ended_at=None)
    assert to_do.filter(matter=f"cases.confirmation/{row.pk}").count() == 1


@pytest.mark.parametrize("dies", [True, False])
def test_what_may_have_been_sent_is_not_sent_again(cast, case, run_jobs, monkeypatch, dies):
    """The process dies in the try, or the line breaks after the letter was handed over."""

    def break_off(*_given: object) -> None:
        raise SystemExit if dies else SMTPServerDisconnected

    close(case, cast.bo)
    with monkeypatch.context() as patch:
        patch.setattr(SEND, break_off)
        run_jobs(failing=True)
    send_confirmation(Confirmation.objects.get())  # as the job that is given to another worker
    assert Confirmation.objects.get().state == "unknown"
    assert mail.outbox == []
    assert Notice.objects.filter(matter__startswith="cases.confirmation/").count() == 1


class Post:
    """A mail server's counter: it answers the next recipients with `refusals`, then takes all."""

    def __init__(self) -> None:
        self.got: list = []
        self.refusals: list[str] = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server, _session, envelope) -> str:
        self.got.append(envelope)
        return "250 OK"


@pytest.fixture
def post(case, settings) -> Iterator[Post]:
    """A mail server on this machine, and the program set up to send through it."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    counter = Post()
    server = Controller(counter, hostname="127.0.0.1", port=port)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = False
    settings.DEFAULT_FROM_EMAIL = "云栖热线 <service@centre.example>"
    server.start()
    yield counter
    server.stop()


@pytest.mark.once
def test_a_mail_server_gets_the_letter(cast, case, post, run_jobs):
    close(case, cast.bo)
    run_jobs()
    (envelope,) = post.got
    assert envelope.mail_from == "service@centre.example"
    assert envelope.rcpt_tos == ["wang@example.com"]
    head, _gap, _body = envelope.content.partition(b"\r\n\r\n")
    assert head.isascii()
    letter = message_from_bytes(envelope.content, policy=policy.default)
    assert letter["Subject"] == f"您的诉求 {case.number} 处理结果"
    assert letter["To"] == "wang@example.com"
    assert letter["From"].addresses[0].display_name == "云栖热线"
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content_charset() == "utf-8"
    assert all(one in letter.get_content() for one in (case.number, case.title, "已送达"))
    sent_at = letter["Date"].datetime.replace(tzinfo=UTC)
    assert abs(sent_at - now()) < timedelta(minutes=1)
    assert re.fullmatch(r"<[^<>@\s]+@[^<>@\s]+>", letter["Message-ID"])


def test_who_is_told_to_come_back_comes_back(cast, case, post, run_jobs, at):
    post.refusals = ["450 4.2.0 greylisted, try again later"]
    close(case, cast.bo)
    run_jobs()
    row = Confirmation.objects.get()
    assert (row.state, row.tries, "450" in row.problem, post.got) == ("waiting", 1, True, [])
    again = Job.objects.filter(name="cases.send_confirmation", state=Job.State.QUEUED)
    assert again.get().run_after > now()
    at(f"{timezone.localtime() + timedelta(minutes=6):%Y-%m-%d %H:%M:%S}")
    run_jobs()
    row.refresh_from_db()
    assert (row.state, len(post.got)) == ("sent", 1)
    assert not case.events.filter(kind="not_confirmed").exists()


def test_what_is_refused_for_good_is_said_on_the_page(cast, case, post, run_jobs, as_):
    post.refusals = ["550 5.1.1 <wang@example.com>: no such mailbox"]
    close(case, cast.bo)
    run_jobs()
    row = Confirmation.objects.get()
    assert (row.state, row.tries, post.got) == ("failed", 0, [])
    assert not Job.objects.filter(state=Job.State.QUEUED).exists()
    page = as_(cast.bo).get(reverse("cases:case", args=[case.pk])).content.decode()
    assert "550" in page
    assert "wang@" not in page
    to_do = Notice.objects.filter(person=cast.bo, is_todo=True, ended_at=None)
    assert to_do.filter(matter=f"cases.confirmation/{row.pk}").count() == 1
    assert Entry.objects.filter(action="cases.not_confirmed").count() == 1
