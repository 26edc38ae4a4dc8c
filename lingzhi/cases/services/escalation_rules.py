"""Maintaining the levels of escalation, and what was done about lateness."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, CaseEvent, Clock, EscalationRule, Reaction
from lingzhi.cases.queries.people import without_accused
from lingzhi.cases.queries.recipients import leading, present
from lingzhi.cases.services.claiming import note_event
from lingzhi.cases.services.clocks import matter_of_clock
from lingzhi.cases.services.escalation import plan_anew
from lingzhi.cases.services.words import demanded
from lingzhi.cases.services.working import CaseClosed
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import settle_matter, tell


class NotLate(DomainError):
    message = _("This time limit has not run over.")


@transaction.atomic
def add_escalation(rule: EscalationRule, *, by: User | None) -> EscalationRule:
    """A level, for living clocks, too: they are planned again within seconds."""
    if rule.percent is not None and rule.minutes:
        raise BadInput(_("Either a share of the time or minutes, not both."), field="minutes")
    rule.save(force_insert=True)
    plan_anew()
    after = {"title": rule.title, "action": rule.action, "to": rule.to}
    record(by, "cases.escalation_set", rule, after=after)
    return rule


@transaction.atomic
def end_escalation(rule: EscalationRule, *, by: User | None) -> None:
    """No clock reaches this level any more; what was reached stays."""
    last: date = max(rule.from_on, today() - timedelta(days=1))
    if EscalationRule.objects.filter(pk=rule.pk, to_on=None).update(to_on=last):
        plan_anew()
        record(by, "cases.escalation_ended", rule, after={"to": str(last)})


@transaction.atomic
def react(clock: Clock, cause: str, text: str, *, by: User) -> Reaction:
    """What is done about a clock that ran over (逾期反应): its to-do is settled."""
    if clock.verdict != Clock.Verdict.LATE:
        raise NotLate()
    words = demanded(text, 500, field="text")
    row = Reaction.objects.create(
        clock=clock, case=clock.case, cause=cause, text=words, at=now(), by=by
    )
    note_event(clock.case, CaseEvent.Kind.REACTED, by=by, text=words, step=clock.kind)
    settle_matter(matter_of_clock(clock, "late"))
    record(by, "cases.reacted", clock.case, after={"clock": clock.kind, "cause": cause})
    return row


@transaction.atomic
def press(case: Case, text: str, *, by: User) -> None:
    """The service desk urges whoever handles the case, else who leads the unit (督促)."""
    if case.is_closed:
        raise CaseClosed()
    words = demanded(text, 500, field="text")
    people = present([case.handler]) if case.handler else leading(case.unit)
    people = without_accused(case, people)
    note_event(case, CaseEvent.Kind.PRESSED, by=by, text=words)
    matter = f"cases.case/{case.pk}/press"
    tell(
        people, _("You are urged to go on with a case"), body=f"{case.number} {words}",
        url=reverse("cases:case", args=[case.pk]), is_todo=True, matter=matter,
    )  # fmt: skip
    record(by, "cases.pressed", case, reason=words)
