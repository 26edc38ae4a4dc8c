"""What a clause demands on given days, through its versions."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from lingzhi.core.clock import midnight
from lingzhi.core.controls import Binding
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Control
from lingzhi.rulebook.queries.controls import control_of, controls_in_force

DAY = timedelta(days=1)
LONG_AGO, FAR_AHEAD = date(1970, 1, 1), date(2200, 1, 1)  # all days, where none are named


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which one binding says what is demanded."""

    binding: Binding
    first: date
    last: date


def stretches_of(
    control_id: int, unit_id: int | None, from_on: date | None, to_on: date | None
) -> list[Stretch]:
    """How the clause of a control is judged on each day of a period; None is without an end.

    A day counts for the version in force on it; days before every version are looked back at with
    the control itself.
    """
    control = control_of(control_id)
    first, last = from_on or LONG_AGO, to_on or FAR_AHEAD
    same = set(_same(control).values_list("pk", flat=True))
    rows = controls_in_force(first, last, kind=control.kind)
    found = [
        Stretch(one, max(first, one.from_on), min(last, one.to_on or last))
        for one in rows
        if one.control_id in same
    ]
    return _narrowed([*found, *_before(control, found, first, last)], unit_id)


def _same(control: Control) -> QuerySet[Control]:
    """The same control in every version that was agreed to; of a pilot only itself."""
    clause = control.clause
    wanted = Q(pk=control.pk)
    if not clause.version.is_pilot:
        wanted |= Q(
            clause__version__regulation=clause.version.regulation_id,
            clause__version__pilot_until=None,
            clause__number=clause.number,
            key=control.key,
        )
    return Control.objects.filter(wanted)


def _before(control: Control, found: list[Stretch], first: date, last: date) -> Iterable[Stretch]:
    """The days before the first of the stretches, by the control itself."""
    for binding in control.bindings():
        own = [one.binding for one in found if one.binding.unit_id == binding.unit_id]
        earliest = min((one.from_on for one in own), default=binding.from_on)
        if earliest > first:
            yield Stretch(binding, first, min(last, earliest - DAY))


def _narrowed(found: list[Stretch], unit_id: int | None) -> list[Stretch]:
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id else None
    if unit is None:
        return found
    return [
        replace(one, binding=_for(one.binding, unit))
        for one in found
        if one.binding.holds_for(unit.path) or one.binding.unit_path.startswith(unit.path)
    ]


def _for(binding: Binding, unit: Unit) -> Binding:
    if not unit.path.startswith(binding.unit_path):
        return binding
    return replace(binding, unit_id=unit.pk, unit_path=unit.path)


def at_work_since(binding: Binding) -> datetime:
    """The moment since which the house goes by what a binding demands.

    That is when its app put the control to work, or that of the version before it, as long as each
    demanded the same from day to day. So it lies after its first day where a regulation is dated
    back, or takes effect in the middle of a day. Of what nobody put to work it is the first day.
    """
    known = Control.objects.filter(applied_at__isnull=False).select_related("clause__version")
    own = known.filter(pk=binding.control_id).first()
    if own is None or own.applied_at is None or own.clause.version.effective_on is None:
        return midnight(binding.from_on)
    since, begin = own.applied_at, own.clause.version.effective_on
    before = known.filter(pk__in=_same(own).values("pk"), clause__version__effective_on__lt=begin)
    for one in before.order_by("-clause__version__effective_on"):
        version = one.clause.version
        is_next = version.last_on is not None and version.last_on + DAY >= begin
        if not is_next or one.values != own.values:
            break
        since, begin = one.applied_at or since, version.effective_on or begin
    return since
