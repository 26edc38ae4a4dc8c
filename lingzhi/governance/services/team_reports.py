"""Team leaders hand in how their team is doing and what it needs; each demand is answered."""

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.governance.models import Demand, TeamReport
from lingzhi.governance.queries.team_reports import facts_now
from lingzhi.governance.services.meetings import State, claim
from lingzhi.notifications.services import settle_matter, tell
from lingzhi_engine.privacy import mask


class HandedInAlready(DomainError):
    message = _("This report is handed in already.")


class AnsweredAlready(DomainError):
    message = _("This is answered already.")


def hand_in(
    report: TeamReport, *, state_words: str, heard: str, demands: Sequence[str], by: User
) -> None:
    """Keep the figures as they are now with the leader's words, personal data masked.

    Raises HandedInAlready, and NotAsItStands once the meeting was held or called off.
    """
    _hand_in(report, facts_now(report), [state_words, heard], demands, by)


@transaction.atomic
def _hand_in(
    report: TeamReport, facts: dict[str, object], words: Sequence[str], demands: Sequence[str],
    by: User,
) -> None:  # fmt: skip
    claim(report.meeting, [State.CALLED, State.FIXED])
    state_words, heard = (mask(one) for one in words)
    rows = TeamReport.objects.filter(pk=report.pk, handed_at=None)
    if not rows.update(facts=facts, state_words=state_words, heard=heard, handed_at=now()):
        raise HandedInAlready()
    asked = [mask(one.strip()) for one in demands if one.strip()]
    Demand.objects.bulk_create(Demand(report=report, words=one) for one in asked)
    settle_matter(f"governance.team_report/{report.pk}")
    chair = report.meeting.chair
    if chair != by:
        tell(
            [chair], _("A team handed in its report for the meeting"), body=report.unit.name,
            url=reverse("governance:team_reports", args=[report.meeting_id]),
        )  # fmt: skip
    record(by, "governance.team_report_handed_in", report, after={"demands": len(asked)})


@transaction.atomic
def answer_demand(demand: Demand, answer: str, words: str, *, by: User) -> None:
    """Granted, answered or refused, always in words; the leader hears of it.

    Raises BadInput, AnsweredAlready.
    """
    said = words.strip()
    if not said:
        raise BadInput(_("Write it down."), field="words")
    rows = Demand.objects.filter(pk=demand.pk, answered_at=None)
    if not rows.update(answer=answer, answer_words=said, answered_at=now(), answered_by=by):
        raise AnsweredAlready()
    tell(
        [demand.report.leader], _("What your team asked for is answered"), body=demand.words,
        url=reverse("governance:team_report", args=[demand.report_id]),
    )  # fmt: skip
    record(by, "governance.demand_answered", demand.report,
           after={"demand": demand.pk, "answer": answer})  # fmt: skip
