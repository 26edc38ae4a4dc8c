"""What worked in one unit is carried over to others (横向展开)."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.improvement.models import Cause, Countermeasure, Rectification, Source
from lingzhi.improvement.queries.people import heads_of, works_in
from lingzhi.improvement.services.planning import write_cause, write_measure
from lingzhi.improvement.services.records import start_rectification
from lingzhi.org.models import Unit

Kind = Countermeasure.Kind


class NotProved(DomainError):
    message = _("Only what is proved to work is carried over.")


@transaction.atomic
def carry_over(
    row: Rectification, units: Collection[Unit], *, due_on: date, by: User
) -> list[Rectification]:
    """A linked record in each unit, with its head as owner, the causes to be looked at there and
    the same lasting measures. Raises NotProved, BadInput.
    """
    if row.verified_at is None:
        raise NotProved()
    if not units:
        raise BadInput(_("Name a unit."), field="units")
    known = {row.unit_id, *row.carried_over.values_list("unit", flat=True)}
    made = [_carry(row, unit, due_on, by) for unit in units if unit.pk not in known]
    if not made:
        raise BadInput(_("These units have it already."), field="units")
    record(by, "improvement.carried_over", row, after={"to": [one.pk for one in made]})
    return made


def _carry(row: Rectification, unit: Unit, due_on: date, by: User) -> Rectification:
    heads = heads_of(unit)
    if not heads:
        raise BadInput(_("Nobody leads this unit: name somebody first."), field="units")
    looks = row.supervisor
    if looks and (looks in heads[:1] or works_in(looks, unit)):
        looks = None
    copy = Rectification(
        title=row.title, problem=row.problem, category=row.category, grade=row.grade, way=row.way,
        unit=unit, owner=heads[0], supervisor=looks, due_on=due_on, watch_days=row.watch_days,
        parent=row,
    )  # fmt: skip
    start_rectification(copy, kind=Source.Free.CARRIED, words=row.number, by=by)
    for cause in row.causes.filter(is_root=True):
        words = {"method": cause.method, "branch": cause.branch, "words": cause.words}
        write_cause(Cause(rectification=copy, evidence=row.number, **words), by=by)
    for one in row.measures.filter(kind__in=(Kind.CORRECTIVE, Kind.PREVENTIVE)):
        measure = Countermeasure(
            rectification=copy, kind=one.kind, words=one.words, owner=heads[0], due_on=due_on,
            changes=one.changes,
        )  # fmt: skip
        write_measure(measure, by=by)
    return copy
