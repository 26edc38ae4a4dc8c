"""Grades: which criteria hold, who has which grade, who may see it."""

from datetime import date

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.inspections.models import Grade, GradeCriteria
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach

READ = "inspections.read"


def criteria_of(unit: Unit) -> GradeCriteria | None:
    """The criteria of the unit itself or of the nearest one above it; None: nobody decided yet."""
    rows = GradeCriteria.objects.select_related("unit", "set_by").order_by("-pk")
    above = [one for one in rows if unit.path.startswith(one.unit.path)]
    return max(above, key=lambda one: (len(one.unit.path), one.pk), default=None)


def criteria_in_force() -> list[GradeCriteria]:
    """The newest criteria of each unit that has any."""
    newest: dict[int, GradeCriteria] = {}
    for one in GradeCriteria.objects.select_related("unit").order_by("pk"):
        newest[one.unit_id] = one
    return list(newest.values())


def grades_visible_to(user: User) -> QuerySet[Grade]:
    """The latest rows about people and teams within reach."""
    within = reach(user, READ).over("unit__path", "person_id")
    rows = Grade.objects.filter(within, is_latest=True)
    return rows.select_related("person", "unit", "criteria")


def grades_of(person: User, *, on: date | None = None) -> Grade | None:
    """The grade a person has on a day: what rewards and appraisals ask (等级与奖惩挂钩).

    None while no period was graded; its `grade` is "" while there never were enough scores.
    """
    rows = Grade.objects.filter(person=person, is_latest=True, to_on__lte=on or today())
    return rows.select_related("criteria", "unit").order_by("-to_on").first()


def period_of(criteria: GradeCriteria, month: date) -> tuple[date, date]:
    """The days that a grade at the end of `month` looks back on."""
    first = month.replace(day=1)
    at = first.year * 12 + first.month - 1
    begin, following = at - criteria.months + 1, at + 1
    after = date(following // 12, following % 12 + 1, 1)
    return date(begin // 12, begin % 12 + 1, 1), date.fromordinal(after.toordinal() - 1)
