"""Mail and cases on real servers: a customer writes, is answered, writes again: one case."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, make_closed, with_flows
from lingzhi.cases.models import Case, CaseEvent, Clock, ClockKind
from lingzhi.cases.services.attaching import add_file, remove_file
from lingzhi.cases.services.mailing import Reply, mail_arrived, reply_by_mail
from lingzhi.cases.services.secrecy import hide_complainant
from lingzhi.contacts.mailing.threads import mark_of, matter_in
from lingzhi.contacts.models import Contact, Mail, OutgoingMail
from lingzhi.contacts.services.fetching import fetch_all
from lingzhi.contacts.services.mail import take_mail
from lingzhi.contacts.services.outgoing import (
    Letter,
    NotToRetry,
    give_up,
    queue_mail,
    send_again,
    send_mails,
)
from lingzhi.contacts.tests.post_office import letter
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.factories import make_customer
from lingzhi.files.models import StoredFile
from lingzhi.jobs.models import Job
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
once = pytest.mark.once  # the loop says enough about each database


@pytest.fixture(autouse=True)
def _flows(cast, calendar) -> None:
    with_flows()


def take(mailbox, uid: int, raw: bytes) -> Mail:
    return take_mail(mailbox, (1, uid), raw, len(raw))


def test_the_whole_loop_on_real_servers(cast, office, counter, mailbox, run_jobs, as_):
    mailbox.uses_plus = True
    mailbox.save()
    office.deliver(mailbox.user, letter("订单三天没有送到，电话13800002071"))
    fetch_all()
    run_jobs()
    case = Case.objects.get()
    assert (case.type.code, case.unit, case.owner) == ("enquiry", cast.first, cast.ada)
    assert (case.title, case.channel.code) == ("投诉：订单未送达", "email")
    assert "13800002071" not in case.description
    # The program confirms, once, so that no machine answers.
    send_mails()
    (receipt,) = counter.got
    assert case.number in receipt.get_content()
    assert (receipt["In-Reply-To"], receipt["Auto-Submitted"]) == (
        "<m1@example.com>",
        "auto-replied",
    )
    assert receipt["To"] == "li@example.com"
    assert f"+{mark_of(f'cases.case/{case.pk}')}@" in receipt["Reply-To"]
    # An agent answers from the page of the case.
    url = reverse("cases:mail_reply", args=[case.pk])
    assert as_(cast.ada).get(url).status_code == 200
    beside = add_file(case, BytesIO(b"%PDF-1.7 receipt"), name="回执.pdf", by=cast.ada)
    case.refresh_from_db()
    further = SimpleUploadedFile("面单.png", b"\x89PNG\r\n\x1a\n...")
    given = {
        "text": "已联系快递，明天送达。", "revision": case.revision, "beside": [beside.pk],
        "papers": further,
    }  # fmt: skip
    assert as_(cast.ada).post(url, given).status_code == 302
    assert Clock.objects.get(case=case, kind=ClockKind.FIRST_RESPONSE).ended_at is not None
    send_mails()
    answer = counter.got[1]
    words = answer.get_body().get_content().split()
    assert words[:3] == ["已联系快递，明天送达。", "--", "云栖热线"]
    parts = {one.get_filename(): one.get_content() for one in answer.iter_attachments()}
    assert parts == {"回执.pdf": b"%PDF-1.7 receipt", "面单.png": b"\x89PNG\r\n\x1a\n..."}
    assert [one.file.name for one in case.files.order_by("pk")] == ["回执.pdf", "面单.png"]
    assert "Auto-Submitted" not in answer
    assert re.fullmatch(r"<c\d+\.[0-9a-f]{20}\.[0-9a-f]{16}@centre\.example>", answer["Message-ID"])
    # The customer answers: the thread is known by our Message-ID alone.
    office.deliver(
        mailbox.user,
        letter(
            "谢谢，收到了。\n\n在 2026年11月23日，云栖客服 写道：\n> 已联系快递", number=2,
            subject="随便什么", References=f"<m1@example.com> {answer['Message-ID']}",
        ),
    )  # fmt: skip
    fetch_all()
    run_jobs()
    assert Case.objects.count() == 1
    line = case.events.get(kind="mail_came", is_public=True)
    assert line.text == "谢谢，收到了。"
    contact = Contact.objects.get()
    assert [turn.role for turn in contact.turns.all()] == [
        "customer",
        "system",
        "agent",
        "customer",
    ]
    assert (contact.agent, contact.turn_count) == (cast.ada, 4)
    inspected = Job.objects.filter(name="inspections.inspect_contacts")
    assert [one.kwargs for one in inspected] == [{"contact_ids": [contact.pk]}] * 4
    page = as_(cast.ada).get(reverse("cases:case", args=[case.pk])).content.decode()
    assert page.count("l***@example.com") >= 3
    link = f'href="{reverse("cases:file", args=[beside.pk])}"'
    assert page.count(link) == 2  # beside the case, and at the letter
    assert "li@example.com" not in page
    to_do = Notice.objects.get(matter=f"cases.mail/{case.pk}", ended_at=None)
    assert to_do.person == cast.ada
    assert Entry.objects.filter(action="cases.mail_written").count() == 1


@once
def test_a_mail_finds_its_case_by_its_mark_and_nobody_guesses_one(cast, mailbox, run_jobs):
    case = in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo)
    mark = mark_of(f"cases.case/{case.pk}")
    assert matter_in(f"x+{mark.upper()}@y") == f"cases.case/{case.pk}"
    assert matter_in(f"x+{mark[:-1]}0@y") in (
        "",
        f"cases.case/{case.pk}" if mark[-1] == "0" else "",
    )
    take(mailbox, 1, letter(To=f"service+{mark}@centre.example"))
    run_jobs()
    assert case.events.filter(kind="mail_came").count() == 1
    take(mailbox, 2, letter(number=2, To=f"service+c{case.pk}.{'0' * 20}@centre.example"))
    take(
        mailbox, 3, letter(number=3, subject=f"Re: {case.number}")
    )  # a number alone proves nothing
    run_jobs()
    assert case.events.filter(kind="mail_came").count() == 1
    assert Case.objects.count() == 3
    # A number in the subject is enough from the customer of that case.
    own = make_case(by=cast.bo, unit=cast.first, customer=make_customer(email="han@example.com"))
    mail = letter(number=4, subject=f"催办 {own.number}", From="han@example.com")
    arrived = take(mailbox, 4, mail)
    run_jobs()
    assert own.events.filter(kind="mail_came").count() == 1
    assert mail_arrived(arrived) is None  # a job that is done twice
    assert own.events.filter(kind="mail_came").count() == 1


@once
def test_two_mails_before_the_first_has_its_case_make_one_case(cast, mailbox, run_jobs):
    take(mailbox, 1, letter())
    take(mailbox, 2, letter("补充一点", number=2, In_Reply_To="<m1@example.com>"))
    run_jobs()
    assert (Case.objects.count(), Contact.objects.count()) == (1, 1)


@once
def test_what_comes_to_a_closed_case_is_a_to_do(cast, mailbox, run_jobs):
    case = make_closed(in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo), by=cast.bo)
    take(mailbox, 1, letter(To=f"service+{mark_of(f'cases.case/{case.pk}')}@centre.example"))
    run_jobs()
    case.refresh_from_db()
    assert (case.is_closed, Case.objects.count()) == (True, 1)
    assert Notice.objects.filter(person=cast.bo, matter=f"cases.mail/{case.pk}").exists()


@once
def test_a_letter_without_its_file_is_held_back_and_one_too_large_is_not_queued(cast, mailbox):
    given = {"customer": make_customer(email="han@example.com")}
    case = in_work(make_case(by=cast.bo, unit=cast.first, **given), by=cast.bo)
    paper = add_file(case, BytesIO(b"%PDF-1.7"), name="a.pdf", by=cast.bo)
    mail = reply_by_mail(case, Reply("见附件", beside=[paper.pk]), seen=case.revision, by=cast.bo)
    remove_file(paper, by=cast.bo)
    assert send_mails() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.problem != "") == ("failed", True)
    large = [StoredFile(name="b.pdf", size=11 * 1024 * 1024) for _number in range(2)]
    with pytest.raises(BadInput):
        queue_mail(Letter(mailbox, "han@example.com", "x", "x", files=large), by=cast.bo)


@once
def test_machines_do_not_answer_each_other_for_ever(cast, mailbox, run_jobs):
    for uid in range(1, 7):
        take(mailbox, uid, letter(number=uid, subject=f"第{uid}次"))
    run_jobs()
    assert (Case.objects.count(), OutgoingMail.objects.filter(is_automatic=True).count()) == (6, 3)


def written(cast, mailbox, run_jobs) -> tuple[Case, OutgoingMail]:
    """A case out of a mail, and an answer of Ada's that waits to be sent."""
    mailbox.confirms = False
    mailbox.save()
    take(mailbox, 1, letter())
    run_jobs()
    case = Case.objects.get()
    return case, reply_by_mail(case, Reply("请提供单号"), seen=case.revision, by=cast.ada)


@once
def test_a_refused_address_is_said_on_the_case(cast, counter, mailbox, run_jobs, as_):
    case, mail = written(cast, mailbox, run_jobs)
    counter.refusals = ["450 4.2.0 come back later"]
    assert send_mails() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.tries, "450" in mail.problem) == ("waiting", 1, True)
    OutgoingMail.objects.update(next_at=mail.queued_at)
    counter.refusals = ["550 5.1.1 no such mailbox"]
    send_mails()
    run_jobs()
    run_jobs()
    assert "550" in case.events.get(kind="mail_not_sent").text
    assert Notice.objects.get(matter=f"cases.mail_out/{mail.pk}").person == cast.ada
    page = as_(cast.ada).get(reverse("contacts:mails_outgoing"))
    assert "550" in page.content.decode()
    mail.refresh_from_db()
    send_again(mail, by=cast.ada)
    assert send_mails() == 1
    assert len(counter.got) == 1
    mail.refresh_from_db()
    with pytest.raises(NotToRetry):
        give_up(mail, by=cast.ada)


@once
def test_what_came_back_is_said_on_the_case(cast, counter, mailbox, run_jobs):
    case, mail = written(cast, mailbox, run_jobs)
    send_mails()
    report = (
        "From: MAILER-DAEMON@example.com\r\nTo: service@centre.example\r\nSubject: Undelivered\r\n"
        "Message-ID: <r1@example.com>\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
        "--b\r\nContent-Type: text/plain\r\n\r\nsorry\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; a\r\n\r\n"
        "Final-Recipient: rfc822; li@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
        f"Message-ID: {mail.message_id}\r\n--b--\r\n"
    ).encode()
    kept = take(mailbox, 2, report)
    run_jobs()
    assert (kept.state, kept.reason) == ("apart", "bounce")
    mail.refresh_from_db()
    assert (mail.state, "5.1.1" in mail.problem) == ("came_back", True)
    assert "5.1.1" in case.events.get(kind="mail_not_sent").text
    assert Case.objects.count() == 1


@once
@pytest.mark.parametrize("dies", [True, False])
def test_what_may_have_been_sent_is_not_sent_again(
    cast, counter, mailbox, run_jobs, monkeypatch, dies
):
    """The process dies while it sends; or the line breaks after the letter was handed over."""
    case, mail = written(cast, mailbox, run_jobs)
    error = SystemExit if dies else ConnectionResetError

    def breaks(*_given, **_named):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr("smtplib.SMTP.send_message", breaks)
        if dies:
            with pytest.raises(SystemExit):
                send_mails()
        else:
            send_mails()
    OutgoingMail.objects.filter(state="sending").update(next_at=mail.queued_at)
    send_mails()
    run_jobs()
    mail.refresh_from_db()
    assert (mail.state, counter.got) == ("unknown", [])
    assert case.events.filter(kind="mail_not_sent").count() == 1


@once
def test_what_an_agent_begins_is_a_conversation_and_goes_where_answers_are_wanted(
    cast, counter, mailbox, run_jobs
):
    customer = make_customer(email="han@example.com")
    case = in_work(make_case(by=cast.bo, unit=cast.first, customer=customer), by=cast.bo)
    reply_by_mail(case, Reply("您好，请补充照片"), seen=case.revision, by=cast.bo)
    assert send_mails() == 1
    contact = Contact.objects.get()
    assert (contact.direction, contact.agent, contact.customer) == ("out", cast.bo, customer)
    take(
        mailbox, 1,
        letter("照片见附件", References=counter.got[0]["Message-ID"], Reply_To="box@example.com"),
    )  # fmt: skip
    run_jobs()
    assert [turn.role for turn in contact.turns.all()] == ["agent", "customer"]
    assert case.events.get(kind="mail_came").text.endswith("\n照片见附件")  # from another address
    case.refresh_from_db()
    reply_by_mail(case, Reply("收到"), seen=case.revision, by=cast.bo)
    send_mails()
    assert counter.got[1]["To"] == "box@example.com"


@once
def test_nobody_writes_to_the_hidden_or_from_a_closed_case(cast, mailbox, run_jobs, as_):
    case, _mail = written(cast, mailbox, run_jobs)
    url = reverse("cases:mail_reply", args=[case.pk])
    assert as_(cast.nora).get(url).status_code in (403, 404)
    hide_complainant(case, ground="举报", by=cast.quan)
    with pytest.raises(DomainError):
        reply_by_mail(case, Reply("您好"), seen=case.revision, by=cast.ada)
    assert as_(cast.ada).get(url).status_code == 403
    assert "l***@" not in as_(cast.ada).get(reverse("cases:case", args=[case.pk])).content.decode()
    case = make_closed(in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo), by=cast.bo)
    with pytest.raises(DomainError):
        reply_by_mail(case, Reply("您好"), seen=case.revision, by=cast.bo)


@once
def test_a_promise_in_a_letter_is_telling_the_customer(cast, mailbox, run_jobs, as_):
    case, _mail = written(cast, mailbox, run_jobs)
    url = reverse("cases:mail_reply", args=[case.pk])
    given = {"text": "明天答复您", "expected_at": "2099-01-01T10:00", "revision": case.revision}
    assert as_(cast.ada).post(url, given).status_code == 302
    told = case.events.get(kind=CaseEvent.Kind.TOLD)
    assert (told.way, told.text, told.is_public) == ("email", "明天答复您", True)
    assert as_(cast.ada).post(url, given).status_code == 409  # somebody else was quicker
