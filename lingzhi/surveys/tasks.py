"""Surveys in the background."""

from lingzhi.approvals.models import Approval
from lingzhi.contacts.models import SentMessage
from lingzhi.surveys.models import Answering, SurveyPlan
from lingzhi.surveys.services import counting, plans, recovery, texting
from lingzhi.surveys.services.inviting import invite as note_due
from lingzhi.surveys.services.sending import give_up_unasked, send_due, settle_old_claims
from lingzhi.surveys.services.texting import text_due


def invite() -> None:
    """Note whose service is to be judged, and ask those whose time has come."""
    note_due()
    plans.run_rounds()
    settle_old_claims()
    send_due()
    text_due()
    give_up_unasked()


def approve_plan(approval_id: int, plan_id: int) -> None:
    """The last signature was given. Doing so twice changes nothing."""
    plans.approve_plan(SurveyPlan.objects.get(pk=plan_id), Approval.objects.get(pk=approval_id))


def recover(answering_id: int) -> None:
    """Open the case that a bad answer calls for. Doing so twice changes nothing."""
    recovery.recover(Answering.objects.get(pk=answering_id))


def text_not_sent(sent_id: int) -> None:
    """A link did not reach its customer. Doing so twice changes nothing."""
    texting.text_not_sent(SentMessage.objects.get(pk=sent_id))


def mark_days() -> None:
    """Every hour: indicators hear of answers, and of time to answer that is over."""
    counting.mark_changed_days()
