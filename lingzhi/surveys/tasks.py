"""Surveys in the background."""

from datetime import timedelta

from lingzhi.approvals.models import Approval
from lingzhi.contacts.models import SentMessage
from lingzhi.core.clock import today
from lingzhi.surveys.models import Answering, SurveyPlan
from lingzhi.surveys.services import counting, internal, plans, recovery, texting, troubles
from lingzhi.surveys.services.insights import remind_reviews
from lingzhi.surveys.services.inviting import invite as note_due
from lingzhi.surveys.services.sending import give_up_unasked, send_due, settle_old_claims
from lingzhi.surveys.services.texting import text_due


def invite() -> None:
    """Note whose service is to be judged, and ask those whose time has come."""
    note_due()
    plans.run_rounds()
    internal.close_overdue()
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


def look_for_troubles() -> None:
    """Every night: enter products that customers call about surely oftener than before."""
    troubles.look_for_troubles(today() - timedelta(days=1))


def mark_days() -> None:
    """Every hour: indicators hear of answers, and of time to answer that is over; who follows up
    what customers need is reminded."""
    counting.mark_changed_days()
    remind_reviews()
