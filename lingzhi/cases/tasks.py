"""Cases in the background."""

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.cases.models import (
    CaseEvent,
    ClockEvent,
    Confirmation,
    Deferral,
    Exclusion,
    Extension,
    FollowUpRule,
    Remedy,
)
from lingzhi.cases.services import calling_back, confirming
from lingzhi.cases.services.deferrals import grant_deferral as grant
from lingzhi.cases.services.escalation import escalate as escalate_clocks
from lingzhi.cases.services.extending import grant_extension as grant_more_time
from lingzhi.cases.services.extending import grant_pause as grant_wait
from lingzhi.cases.services.forum import watch_forum as look_at_forum
from lingzhi.cases.services.linking import pass_on as pass_on_told
from lingzhi.cases.services.mailing import mail_arrived as give_case
from lingzhi.cases.services.mailing import mail_not_sent as say_not_sent
from lingzhi.cases.services.opening_follow_ups import give_waiting, open_follow_ups
from lingzhi.cases.services.planning_follow_ups import plan_follow_ups as plan
from lingzhi.cases.services.recognition import learn
from lingzhi.cases.services.remedies import agree_remedy as agree
from lingzhi.cases.services.summaries import ask_for_summaries as ask
from lingzhi.cases.services.watching import watch_clocks as watch
from lingzhi.contacts.models import Mail, OutgoingMail, SentMessage


def watch_clocks() -> None:
    """Warn of time limits that run out, and judge those that ran over."""
    watch()


def watch_forum() -> None:
    """Look whether posts in the forum wait, and whether somebody is on duty for it."""
    look_at_forum()


def pass_on(event_id: int, person_id: int) -> None:
    """Tell the customers of all parts of an incident what its own was told."""
    told = CaseEvent.objects.select_related("case").get(pk=event_id)
    pass_on_told(told, by=User.objects.get(pk=person_id))


def plan_follow_ups() -> None:
    """Plan follow-ups of what was solved, closed or said, and open those that fall due."""
    plan()
    open_follow_ups()
    give_waiting()


def plan_by_age() -> None:
    """Plan the follow-ups that come by the age of projects, and regularly."""
    plan((FollowUpRule.Trigger.DELIVERY, FollowUpRule.Trigger.REGULAR))


def escalate() -> None:
    """Act on levels of escalation that are reached."""
    escalate_clocks()


def grant_extension(approval_id: int, extension_id: int) -> None:
    """The last signature was given: the clock has more time. Doing so twice changes nothing."""
    signed = Approval.objects.get(pk=approval_id).signatures.latest("step")
    grant_more_time(Extension.objects.get(pk=extension_id), by=signed.signed_by)


def grant_pause(approval_id: int, event_id: int) -> None:
    """The last signature was given: the wait stops the clock from its begin."""
    signed = Approval.objects.get(pk=approval_id).signatures.latest("step")
    grant_wait(ClockEvent.objects.get(pk=event_id), by=signed.signed_by)


def exclude_approved(approval_id: int, exclusion_id: int) -> None:
    """The last signature was given: the order is left out of appraisal. Twice changes nothing."""
    approval = Approval.objects.select_related("asked_by").get(pk=approval_id)
    rows = Exclusion.objects.select_related("order__case", "order__unit")
    calling_back.exclude_approved(rows.get(pk=exclusion_id), approval)


def grant_deferral(deferral_id: int, approval_id: int) -> None:
    """What was agreed to: a complaint gets more time."""
    grant(Deferral.objects.select_related("complaint__case").get(pk=deferral_id), by=None)


def agree_remedy(remedy_id: int, approval_id: int) -> None:
    """All who must have agreed to a remedy: it may be given."""
    agree(Remedy.objects.get(pk=remedy_id))


def learn_recognition() -> None:
    """Learn from the centre's own closed cases what new ones are about."""
    learn()


def send_confirmation(confirmation_id: int) -> None:
    """Send the customer the result of a closed case. Doing so twice sends it once."""
    rows = Confirmation.objects.select_related("case__type", "case__customer", "case__handler")
    confirming.send_confirmation(rows.get(pk=confirmation_id))


def mail_arrived(mail_id: int) -> None:
    """Give a customer's mail its case. Doing so twice changes nothing."""
    give_case(Mail.objects.get(pk=mail_id))


def text_not_sent(sent_id: int) -> None:
    """The result of a case did not arrive by text message. Doing so twice changes nothing."""
    confirming.text_not_sent(SentMessage.objects.get(pk=sent_id))


def mail_not_sent(outgoing_id: int) -> None:
    """Say on its case that a mail did not reach the customer."""
    rows = OutgoingMail.objects.select_related("by")
    say_not_sent(rows.get(pk=outgoing_id))


def ask_for_summaries() -> None:
    """Ask people to sum up their cases of the period that is over."""
    ask()
