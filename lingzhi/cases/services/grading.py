"""Another grade of a complaint: other limits hold, from its beginning."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Case, Clock, ClockEvent, Complaint, Grade
from lingzhi.cases.queries.ledgers import Times
from lingzhi.cases.queries.rules import rules_for
from lingzhi.cases.services.clocks import call_off_clocks, reckon, repeat_dues
from lingzhi.cases.services.complaints import BY_GRADE, tell_duties
from lingzhi.cases.services.words import demanded
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput


@transaction.atomic
def change_grade(complaint: Complaint, grade: str, *, reason: str, by: User) -> None:
    """Grade it anew. What was judged before stays (R-CP-06)."""
    words = demanded(reason, 300, field="reason")
    before = complaint.grade
    if grade == before:
        raise BadInput(_("It has this grade already."), field="grade")
    Complaint.objects.filter(pk=complaint.pk).update(grade=grade)
    Case.objects.filter(pk=complaint.pk).update(**BY_GRADE[Grade(grade)]._asdict())
    complaint.refresh_from_db()
    for clock in Clock.objects.filter(case=complaint.case, rule__isnull=False):
        if clock.is_living:
            _exchange_rule(clock, words, by)
    repeat_dues(complaint.case)
    tell_duties(complaint, by=by)
    after = {"grade": grade}
    record(by, "cases.complaint_graded", complaint, before={"grade": before}, after=after,
           reason=words)  # fmt: skip


def _exchange_rule(clock: Clock, reason: str, by: User) -> None:
    """Where another limit holds now, a clock with it counts all that this one has counted."""
    case, kind = clock.case, clock.kind
    rule = rules_for(case, [kind], today()).get(kind)
    if rule is None or rule.pk == clock.rule_id:
        return
    counted = list(clock.events.all())
    call_off_clocks(case, [kind], reason=reason, by=by)
    number = Clock.objects.filter(case=case, kind=kind).count() + 1
    anew = Clock.objects.create(
        case=case, kind=kind, rule=rule, calendar=clock.calendar, number=number,
        cycle=clock.cycle, opened_at=clock.opened_at,
    )  # fmt: skip
    ClockEvent.objects.bulk_create(
        ClockEvent(clock=anew, kind=one.kind, at=one.at, reason=one.reason, by=one.by)
        for one in counted
    )
    reckon(anew, Times())
