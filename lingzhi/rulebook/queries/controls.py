"""Controls as their apps run them: what binds whom, from when to when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from lingzhi.core.controls import Binding, control_kinds
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Control, Version
from lingzhi.rulebook.queries.versions import versions_in_force

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Exception:
    """Days on which another version of the same pack takes the place of one, for some unit."""

    path: str
    from_on: date
    to_on: date


def controls_in_force(
    first: date, last: date, *, kind: str = "", unit: Unit | None = None
) -> list[Binding]:
    """The controls that hold on some day of the period, each with its own first and last day.

    Where a unit's own regulation of the same pack or a pilot takes a control's place for part of
    the time, the control comes in several bindings with different `except_paths`. With `unit`
    only what holds for that unit itself.
    """
    versions = list(versions_in_force(first, last))
    controls = Control.objects.filter(clause__version__in=versions)
    if kind:
        controls = controls.filter(kind=kind)
    controls = controls.select_related("clause").order_by("clause__position", "pk")
    by_version: dict[int, list[Control]] = {version.pk: [] for version in versions}
    for control in controls:
        by_version[control.clause.version_id].append(control)
    found = []
    for version in versions:
        exceptions = list(_exceptions(version, versions))
        for control in by_version[version.pk]:
            control.clause.version = version
            for binding in control.bindings():
                found += split(binding, exceptions)
    parts = [one for one in found if one.from_on <= last and (one.to_on or last) >= first]
    return [one for one in parts if unit is None or one.holds_for(unit.path)]


def _exceptions(version: Version, versions: Sequence[Version]) -> Iterator[_Exception]:
    own = version.regulation
    for other in versions:
        is_same_pack = other.regulation.pack == own.pack and other != version
        if not is_same_pack or other.pilot_channels or version.is_pilot or not other.effective_on:
            continue
        to_on = other.last_on or date.max
        if other.is_pilot and other.regulation_id == own.pk:
            units: Iterable[Unit] = other.pilot_units.all() or [other.regulation.unit]
        elif other.is_pilot or other.regulation_id == own.pk:
            continue
        else:
            units = [other.regulation.unit]
        for unit in units:
            if unit.path.startswith(own.unit.path):
                yield _Exception(unit.path, other.effective_on, to_on)


def split(binding: Binding, exceptions: Iterable[_Exception]) -> list[Binding]:
    """The binding in stretches of days on which the same units are excepted."""
    end = binding.to_on or date.max
    concerning = [
        one
        for one in exceptions
        if one.path.startswith(binding.unit_path) and one.from_on <= end
        and one.to_on >= binding.from_on
    ]  # fmt: skip
    starts = {binding.from_on}
    for one in concerning:
        starts.add(max(one.from_on, binding.from_on))
        if one.to_on < end:
            starts.add(one.to_on + DAY)
    days = sorted(starts)
    stretches = zip(days, [day - DAY for day in days[1:]] + [binding.to_on], strict=True)
    parts = (_stretch(binding, from_on, to_on, concerning) for from_on, to_on in stretches)
    return [part for part in parts if binding.unit_path not in part.except_paths]


def _stretch(
    binding: Binding, from_on: date, to_on: date | None, exceptions: Iterable[_Exception]
) -> Binding:
    paths = {one.path for one in exceptions if one.from_on <= from_on <= one.to_on}
    return replace(binding, from_on=from_on, to_on=to_on, except_paths=tuple(sorted(paths)))


def control_of(control_id: int) -> Control:
    """A control with its clause, version and regulation; raises Control.DoesNotExist."""
    rows = Control.objects.select_related("clause__version__regulation__unit")
    return rows.prefetch_related("clause__version__pilot_units").get(pk=control_id)


def standing_of(control: Control) -> str:
    """ended, applied, waiting (for its app), failed (`problem` says why) or due."""
    kind = control_kinds().get(control.kind)
    if control.ended_at is not None:
        return "ended"
    if control.applied_at is not None:
        return "applied"
    if kind is None or not kind.runs:
        return "waiting"
    return "failed" if control.problem else "due"
