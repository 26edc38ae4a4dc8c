"""Setting criteria and computing grades (服务质量等级动态管理)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.inspections.models import Grade, GradeCriteria, Incident
from lingzhi.inspections.queries.grades import criteria_in_force, period_of
from lingzhi.inspections.queries.person_scores import (
    PersonScore,
    by_key,
    mean_of,
    person_scores,
    released_between,
)
from lingzhi.inspections.queries.policies import policy_of
from lingzhi.kpis.services import mark_days
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on
from lingzhi_engine.stats import grade

CHANGED = {Grade.Basis.FIRST, Grade.Basis.ROSE, Grade.Basis.FELL}


class AlreadyGraded(DomainError):
    message = _("This month is graded. Say why it is computed anew.")


class MonthNotOver(DomainError):
    message = _("This month is not over.")


@transaction.atomic
def set_criteria(
    unit: Unit, cuts: Sequence[tuple[str, float]], *, reason: str, by: User, **figures: Any
) -> GradeCriteria:
    """Decide what each grade asks. Raises BadInput where cuts do not fall, or without a reason.

    `figures` are margin, minimum, months, excellent_points and abnormal_points.
    """
    if not reason.strip():
        raise BadInput(_("Say why these."), field="reason")
    made = GradeCriteria(
        unit=unit, cuts=[list(one) for one in cuts], reason=reason.strip(), set_at=now(),
        set_by=by, **figures,
    )  # fmt: skip
    try:
        made.scale  # noqa: B018 it raises where the cuts do not fall
    except ValueError as problem:
        raise BadInput(
            _("Each grade stands once, the best first, and their figures fall."), field="cuts"
        ) from problem
    made.save()
    record(by, "inspections.grades_set", made, after={"cuts": made.cuts, **figures}, reason=reason)
    return made


@dataclass(frozen=True, slots=True)
class _Subject:
    """Whom a grade is about: a person in a team, or the team itself."""

    person: int | None
    unit: int


@transaction.atomic
def compute_grades(
    criteria: GradeCriteria, month: date, *, reason: str = "", by: User | None
) -> int:
    """Grade everybody and every team of the unit at the end of `month`; the number of grades.

    Raises MonthNotOver, and AlreadyGraded unless a `reason` says why it is done anew: then the
    rows before stay, no longer the latest.
    """
    from_on, to_on = period_of(criteria, month)
    if to_on >= today():
        raise MonthNotOver()
    before = Grade.objects.filter(
        to_on=to_on, is_latest=True, unit__path__startswith=criteria.unit.path
    )
    if before.exists() and not reason.strip():
        raise AlreadyGraded()
    before.update(is_latest=False)
    within = released_between(from_on, to_on).filter(unit__path__startswith=criteria.unit.path)
    scores = list(person_scores(within))
    rows = [
        *_of_people(criteria, (from_on, to_on), scores),
        *_of_teams(criteria, (from_on, to_on), scores),
    ]
    Grade.objects.bulk_create(rows, batch_size=500)
    after = {"month": f"{to_on:%Y-%m}", "grades": dict(Counter(one.grade or "–" for one in rows))}
    mark_days([to_on])
    record(by, "inspections.grades_computed", criteria, after=after, reason=reason.strip())
    _tell(rows)
    return len(rows)


def _of_people(
    criteria: GradeCriteria, period: tuple[date, date], scores: Iterable[PersonScore]
) -> list[Grade]:
    """Every agent of the unit on the last day, with scores or without."""
    held = assignments_on(period[1]).filter(role="agent", unit__path__startswith=criteria.unit.path)
    subjects = {one.person_id: _Subject(one.person_id, one.unit_id) for one in held}
    found = by_key(scores, "person")
    incidents = _incidents(subjects, period)
    last = _last_grades(period[1], person__in=list(subjects))
    return [
        _graded(criteria, period, one, found.get(pk, []), incidents[pk], last.get((pk, None), ""))
        for pk, one in subjects.items()
    ]


def _of_teams(
    criteria: GradeCriteria, period: tuple[date, date], scores: Iterable[PersonScore]
) -> list[Grade]:
    teams = Unit.objects.filter(kind="team", path__startswith=criteria.unit.path, closed_at=None)
    found = by_key(scores, "unit")
    last = _last_grades(period[1], person=None)
    return [
        _graded(
            criteria, period, _Subject(None, pk), found.get(pk, []), Counter(),
            last.get((None, pk), ""),
        )
        for pk in teams.values_list("pk", flat=True)
    ]  # fmt: skip


def _incidents(people: Iterable[int], period: tuple[date, date]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {pk: Counter() for pk in people}
    rows = Incident.objects.filter(
        person__in=list(found), happened_on__range=period, withdrawn_at=None
    )
    for person, kind in rows.values_list("person_id", "kind"):
        found[person][kind] += 1
    return found


def _last_grades(to_on: date, **whose: Any) -> Mapping[tuple[int | None, int | None], str]:
    """The grade of the last period before, by person or by team."""
    rows = Grade.objects.filter(to_on__lt=to_on, is_latest=True, **whose).order_by("to_on")
    return {
        (person, None if person else unit): grade
        for person, unit, grade in rows.values_list("person_id", "unit_id", "grade")
    }


def _graded(
    criteria: GradeCriteria,
    period: tuple[date, date],
    subject: _Subject,
    scores: Sequence[PersonScore],
    incidents: Counter[str],
    before: str,
) -> Grade:
    mean = mean_of(scores)
    good, bad = incidents[Incident.Kind.EXCELLENT], incidents[Incident.Kind.ABNORMAL]
    moved = good * criteria.excellent_points - bad * criteria.abnormal_points
    figure = None if mean.value is None else mean.value + moved
    found = grade(figure, mean.n, criteria.scale, before=before or None)
    return Grade(
        criteria=criteria, person_id=subject.person, unit_id=subject.unit,
        from_on=period[0], to_on=period[1], figure=figure,
        low=mean.low + moved if isfinite(mean.low) else None,
        high=mean.high + moved if isfinite(mean.high) else None,
        count=mean.n, excellent=good, abnormal=bad, grade=found.grade or "", before=before,
        basis=found.basis.value, computed_at=now(),
    )  # fmt: skip


def _tell(rows: Iterable[Grade]) -> None:
    """Whoever has a new grade hears of it."""
    changed = [one.person_id for one in rows if one.person_id and one.basis in CHANGED]
    people = User.objects.filter(pk__in=changed)
    tell(people, _("Your service grade was computed"), url=reverse("inspections:my_archive"))


def grade_due() -> int:
    """Grade last month in every unit with criteria whose month has closed; the number of units."""
    last = date.fromordinal(today().replace(day=1).toordinal() - 1)
    done = 0
    for criteria in criteria_in_force():
        graded = Grade.objects.filter(
            to_on=last, is_latest=True, unit__path__startswith=criteria.unit.path
        )
        if today().day >= policy_of(criteria.unit).close_day and not graded.exists():
            compute_grades(criteria, last, by=None)
            done += 1
    return done
