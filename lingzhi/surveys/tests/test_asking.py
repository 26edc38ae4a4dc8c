"""Each event asks once, over all rules nobody too often, and a broken-off try sends none twice."""

from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail

from lingzhi.cases.factories import in_work, make_case, make_closed
from lingzhi.contacts.factories import make_chat_site, make_line
from lingzhi.contacts.models import SentMessage
from lingzhi.contacts.services.message_replay import replay
from lingzhi.core.clock import now
from lingzhi.customers.models import Consent, Outreach
from lingzhi.customers.services.notes import note
from lingzhi.surveys.factories import make_invitation, make_rule, served
from lingzhi.surveys.models import Invitation
from lingzhi.surveys.services import sending
from lingzhi.surveys.services.asking import NotDue, Withheld, claim, hand_over, send_again
from lingzhi.surveys.services.interviews import OwnService, begin_interview
from lingzhi.surveys.services.inviting import invite
from lingzhi.surveys.services.rules import end_rule
from lingzhi.surveys.tasks import invite as whole_job


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.EMAIL_HOST, settings.SITE_URL = "mail.test", "https://ask.test"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def states():
    return list(Invitation.objects.order_by("pk").values_list("state", "reason"))


def test_a_conversation_asks_once_by_mail(cast, run_jobs):
    make_rule(by=cast.quan)
    contact = served(agent="1002")
    whole_job()
    whole_job()
    [row] = Invitation.objects.all()
    assert (row.state, row.contact, row.agent, row.customer) == (
        "sent", contact, cast.bo, contact.customer,
    )  # fmt: skip
    [letter] = mail.outbox
    assert "https://ask.test/s/" in letter.body
    assert letter.to == ["wang@example.com"]
    assert Outreach.objects.get().matter == row.matter
    assert row.token_hash not in letter.body  # only the hash is kept


def test_no_rule_asks_whom_another_asked_lately(cast):
    make_rule(by=cast.quan)
    served("A1")
    served("A2")
    make_rule(by=cast.quan, event="case_closed", mode="mail")
    whole_job()
    assert states() == [("sent", ""), ("withheld", "cooldown")]
    assert len(mail.outbox) == 1


def test_who_cannot_or_must_not_be_asked_stays_in_the_list(cast):
    make_rule(by=cast.quan)
    served("A1", customer={})
    phone = served("A2", customer={"phone": "13800002072"})
    refused = served("A3", customer={"email": "li@example.com"})
    note(Consent(customer=refused.customer, purpose="", is_given=False, words="电话"), by=None)
    whole_job()
    assert phone.customer is not None
    assert states() == [
        ("withheld", "no_customer"), ("withheld", "no_address"), ("withheld", "refused"),
    ]  # fmt: skip


def test_only_a_share_is_drawn_and_always_the_same(cast):
    rule = make_rule(by=cast.quan, share_percent=50, mode="chat")
    for number in range(20):
        served(f"A{number}", customer={})
    invite()
    first = states()
    assert 3 < first.count(("withheld", "share")) < 17
    Invitation.objects.filter(rule=rule).delete()
    invite()
    assert states() == first


def test_a_closed_case_asks_unless_it_is_reopened(cast):
    make_rule(by=cast.quan, event="case_closed", mode="chat")
    make_rule(by=cast.quan, event="complaint_closed", mode="chat", code="complaint")
    contact = served(agent="1002")
    case = make_case(by=cast.bo, unit=cast.first, contact=contact)
    case = make_closed(in_work(case, by=cast.bo), by=cast.bo)
    invite()
    [row] = Invitation.objects.all()
    assert (row.case, row.key) == (case, f"case/{case.pk}/1")
    type(case).objects.filter(pk=case.pk).update(kind="open", closed_at=None)
    with pytest.raises(Withheld):
        hand_over(Invitation.objects.select_related("case", "rule").get(), by=cast.bo)
    assert states() == [("withheld", "reopened")]


def test_a_try_that_died_is_not_repeated_by_itself(cast, monkeypatch):
    row = make_invitation(by=cast.quan)
    monkeypatch.setattr(sending, "mark_asked", lambda *_, **__: None)  # killed before it is written
    sending.send_due()
    assert len(mail.outbox) == 1
    sending.send_due()
    assert sending.settle_old_claims() == 0  # it may still be under way
    Invitation.objects.update(claimed_at=now() - timedelta(hours=1))
    assert sending.settle_old_claims() == 1
    sending.send_due()
    assert len(mail.outbox) == 1
    assert states() == [("unknown", "")]
    row.refresh_from_db()
    send_again(row, by=cast.quan)  # a person decides
    monkeypatch.undo()
    row.refresh_from_db()
    with pytest.raises(NotDue):
        send_again(row, by=cast.quan)


def test_a_refused_letter_is_tried_again_or_given_up(cast, monkeypatch):
    make_invitation(by=cast.quan)

    def refused(code):
        def send(*_args):
            raise SMTPRecipientsRefused({"wang@example.com": (code, b"no")})

        return send

    monkeypatch.setattr(sending, "send_mail", refused(450))
    sending.send_due()
    row = Invitation.objects.get()
    assert (row.state, row.tries) == ("due", 1)
    assert row.due_at > now()
    Invitation.objects.update(due_at=now())
    monkeypatch.setattr(sending, "send_mail", refused(550))
    sending.send_due()
    assert states() == [("withheld", "undeliverable")]
    assert Outreach.objects.latest("pk").outcome == "not_reached"


def test_two_workers_claim_one_invitation_once(cast):
    row = make_invitation(by=cast.quan)
    assert claim(row)
    with pytest.raises(NotDue):
        claim(row)


def test_staff_hand_a_link_over_and_interview_only_others_customers(cast):
    row = make_invitation(by=cast.quan, mode="chat", agent="1002")
    assert hand_over(row, by=cast.bo)
    row.refresh_from_db()
    assert (row.state, row.sent_by) == ("sent", cast.bo)
    called = make_invitation(
        by=cast.quan, number="A2", mode="phone", agent="1002",
        customer={"phone": "13800002072"},
    )  # fmt: skip
    with pytest.raises(OwnService):
        begin_interview(called, by=cast.bo)
    begin_interview(called, by=cast.bea)


def test_what_nobody_asked_says_why(cast):
    agent = make_invitation(by=cast.quan, mode="ivr", ended_by="agent")
    make_invitation(by=cast.quan, number="A2", mode="ivr", ended_by="customer")
    Invitation.objects.update(due_at=now() - timedelta(days=8))
    assert sending.give_up_unasked() == 2
    assert states() == [("withheld", "agent_hung_up"), ("withheld", "customer_left")]
    end_rule(agent.rule, by=cast.quan)


def test_a_link_goes_by_text_message_where_the_unit_has_a_line(cast, run_jobs):
    make_rule(by=cast.quan, mode="sms")
    served("A1", customer={"phone": "13800002072"}, agent="1002")
    whole_job()
    assert states() == [("due", "")]  # nobody sends: somebody hands the link over
    line = make_line(make_chat_site(cast.hotline), "sms")
    whole_job()
    whole_job()
    [row] = Invitation.objects.all()
    [sent] = SentMessage.objects.all()
    assert (row.state, sent.thread.person, sent.is_automatic) == ("sent", "13800002072", True)
    assert "https://ask.test/s/" in sent.text
    assert Outreach.objects.get().channel == "sms"
    SentMessage.objects.update(state="sent")
    replay(line, [{"receipts": [{"id": sent.reference, "state": "failed", "reason": "UNDELIV"}]}])
    run_jobs()
    assert states() == [("withheld", "undeliverable")]
    assert Outreach.objects.get().outcome == Outreach.Outcome.NOT_REACHED
