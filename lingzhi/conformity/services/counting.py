"""Counting what controls found, and the share from which a clause counts as kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.conformity.models import DayEvidence, Threshold
from lingzhi.conformity.queries.periods import LOOK_BACK_DAYS
from lingzhi.conformity.queries.pilots import figures_before
from lingzhi.conformity.queries.thresholds import threshold_in_force
from lingzhi.core.clock import now, today
from lingzhi.core.controls import Binding, ControlKind, Days, control_kinds
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import controls_in_force
from lingzhi.rulebook.services import set_baseline

SEALED_AFTER_DAYS = 35  # days further back are not counted again: a published month stays
AHEAD_DAYS = 90  # controls that take effect until then are looked back at, too
CONTROLS_AT_ONCE = 20  # written in one transaction
DAY = timedelta(days=1)
FIGURES = ("kept", "broken", "unknown", "counted_at")


@dataclass(frozen=True, slots=True)
class Part:
    """A binding as it is asked: for its whole unit or narrowed, on the days that count."""

    binding: Binding
    first: date
    last: date


def counted_kinds() -> list[str]:
    """The codes of the kinds that can say how often they were kept."""
    return [code for code, kind in control_kinds().items() if kind.evidence is not None]


def count_kind(code: str, *, days: int = SEALED_AFTER_DAYS) -> int:
    """Count the last `days` days of every control of a kind anew; the number of rows written.

    A control that was never counted is counted from its first day on, and looked back at. Older
    days stay as they were counted: what was published does not move.
    """
    kind = control_kinds()[code]
    last = today()
    first = last - timedelta(days=min(days, SEALED_AFTER_DAYS))
    bindings = controls_in_force(first, last + timedelta(days=AHEAD_DAYS), kind=code)
    written = 0
    for start, several in _by_start(bindings, first):
        parts = list(_parts(kind, several, start, last))
        written += _write(_evidence(kind, parts, start, last), start)
    return written


def _by_start(bindings: Iterable[Binding], first: date) -> Iterator[tuple[date, list[Binding]]]:
    """The bindings by the day from which they are counted: all of a control together, for its rows
    take the place of those there are."""
    by_control: dict[int, list[Binding]] = {}
    for one in bindings:
        by_control.setdefault(one.control_id, []).append(one)
    known = DayEvidence.objects.filter(control__in=by_control)
    counted = set(known.values_list("control_id", flat=True).distinct())
    groups: dict[date, list[Binding]] = {}
    for control, several in by_control.items():
        begin = min(one.from_on for one in several) - timedelta(days=LOOK_BACK_DAYS)
        groups.setdefault(first if control in counted else min(first, begin), []).extend(several)
    yield from groups.items()


def _parts(
    kind: ControlKind, bindings: Sequence[Binding], first: date, last: date
) -> Iterator[Part]:
    units = list(Unit.objects.order_by("path"))
    for binding in bindings:
        begin = binding.from_on
        if not any(_precedes(other, binding) for other in bindings):
            begin -= timedelta(days=LOOK_BACK_DAYS)
        for narrowed in _narrowed(kind, binding, units):
            yield Part(narrowed, max(first, begin), min(binding.to_on or last, last))


def _precedes(other: Binding, binding: Binding) -> bool:
    """Whether it is an earlier stretch of the same control: then one does not look back."""
    is_same = (other.control_id, other.unit_id) == (binding.control_id, binding.unit_id)
    return is_same and other.from_on < binding.from_on


def _narrowed(kind: ControlKind, binding: Binding, units: Iterable[Unit]) -> Iterator[Binding]:
    yield binding
    if kind.narrows is None or not kind.narrows(binding.values):
        return
    for unit in units:
        if unit.pk != binding.unit_id and binding.holds_for(unit.path):
            within = [path for path in binding.except_paths if path.startswith(unit.path)]
            yield replace(binding, unit_id=unit.pk, unit_path=unit.path, except_paths=tuple(within))


def _evidence(
    kind: ControlKind, parts: Sequence[Part], first: date, last: date
) -> Mapping[int, list[DayEvidence]]:
    """The rows of each control, counted by its app."""
    found: dict[int, list[DayEvidence]] = {part.binding.control_id: [] for part in parts}
    if kind.evidence is None or not parts:
        return found
    answers = kind.evidence([part.binding for part in parts], first, last)
    for part, days in zip(parts, answers, strict=True):
        found[part.binding.control_id] += _rows(part, days)
    return found


def _rows(part: Part, days: Days) -> Iterator[DayEvidence]:
    moment = now()
    for day, found in days.items():
        if part.first <= day <= part.last and (found.checked or found.unknown):
            yield DayEvidence(
                control_id=part.binding.control_id,
                unit_id=part.binding.unit_id,
                day=day,
                kept=found.kept,
                broken=found.broken,
                unknown=found.unknown,
                counted_at=moment,
            )


def _write(found: Mapping[int, list[DayEvidence]], first: date) -> int:
    """Put the rows in the place of those that are there from `first` on, some controls at once."""
    waiting = iter(found)
    while controls := tuple(islice(waiting, CONTROLS_AT_ONCE)):
        with transaction.atomic():
            DayEvidence.objects.filter(control__in=controls, day__gte=first).delete()
            DayEvidence.objects.bulk_create(
                [row for control in controls for row in found[control]],
                batch_size=500,
                update_conflicts=True,
                unique_fields=["control", "unit", "day"],
                update_fields=FIGURES,
            )
    return sum(map(len, found.values()))


def keep_baselines() -> int:
    """Keep the figures from before each pilot that runs and has none yet; how many."""
    rows = Version.objects.filter(
        pilot_until__gte=today(), applied_at__isnull=False, withdrawn_at=None, baseline={}
    )
    kept = 0
    for version in rows.select_related("regulation__unit"):
        figures = figures_before(version)
        if figures:
            set_baseline(version, figures)
            kept += 1
    return kept


@transaction.atomic
def set_threshold(share: float, *, reason: str, by: User) -> Threshold:
    """From this share of kept cases on a clause counts as kept, for every day."""
    before = threshold_in_force()
    threshold = Threshold(share=share, reason=reason.strip()[:300], set_at=now(), set_by=by)
    threshold.validate_constraints()
    threshold.save()
    record(
        by,
        "conformity.threshold_set",
        threshold,
        before={"share": before.share},
        after={"share": share},
        reason=threshold.reason,
    )
    return threshold


@transaction.atomic
def record_export(version: Version, form: str, *, by: User) -> None:
    """The conformity of a version was taken out as a file."""
    record(by, "conformity.exported", version, after={"form": form})
