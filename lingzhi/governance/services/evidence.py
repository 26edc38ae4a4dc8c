"""What the controls of audited clauses say about the audited units and days."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce
from typing import Any

from django.db import transaction

from lingzhi.core.clock import now, today
from lingzhi.core.controls import Binding, ControlKind, Days, Evidence, control_kinds
from lingzhi.governance.models import Audit, AuditLine
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Control
from lingzhi.rulebook.queries import controls_in_force

Asked = tuple[Binding, bool]  # and whether it is asked for more than the audited units


def collect_evidence(audit: Audit) -> int:
    """Freeze on each line what its controls found; the number of controls asked.

    A control is asked for the audited units alone where it can be; else for all it binds. Days
    before it was in force are left out: nothing was demanded then.
    """
    lines = list(audit.lines.filter(clause__isnull=False).select_related("clause__version"))
    last = min(audit.to_on, today())
    controls = _controls(lines)
    bindings = controls_in_force(audit.from_on, last) if audit.from_on <= last else []
    mine = [one for one in bindings if one.control_id in controls]
    found = _asked(mine, _topmost(audit.units.all()), audit.from_on, last)
    with transaction.atomic():
        for line in lines:
            line.evidence = list(_rows(line, controls.values(), found))
        AuditLine.objects.bulk_update(lines, ["evidence"], batch_size=200)
        Audit.objects.filter(pk=audit.pk).update(collected_at=now())
    return len(found)


def _topmost(units: Iterable[Unit]) -> list[Unit]:
    """Without those that lie within another of them, whose evidence would count twice."""
    several = list(units)
    return [
        one for one in several
        if not any(one != other and one.path.startswith(other.path) for other in several)
    ]  # fmt: skip


def _controls(lines: Sequence[AuditLine]) -> dict[int, Control]:
    """The controls of these clauses, in every version of their regulations."""
    regulations = {one.clause.version.regulation_id for one in lines if one.clause}
    numbers = {one.clause.number for one in lines if one.clause}
    rows = Control.objects.filter(
        clause__version__regulation__in=regulations, clause__number__in=numbers,
        clause__version__approved_at__isnull=False,
    )  # fmt: skip
    return {one.pk: one for one in rows.select_related("clause__version").order_by("pk")}


def _asked(
    bindings: Sequence[Binding], units: Sequence[Unit], first: date, last: date
) -> dict[int, tuple[Evidence, bool]]:
    """`{control: what it found, and whether that is about more than the audited units}`."""
    found: dict[int, tuple[Evidence, bool]] = {}
    for code, kind in control_kinds().items():
        asked = [part for one in bindings if one.kind == code for part in _parts(one, kind, units)]
        if kind.evidence is None or not asked:
            continue
        answers = kind.evidence([one for one, _whole in asked], first, last)
        for (binding, is_whole), days in zip(asked, answers, strict=True):
            before, was_whole = found.get(binding.control_id, (Evidence(), False))
            held = _held(binding, days)
            found[binding.control_id] = (before + held, was_whole or is_whole)
    return found


def _parts(binding: Binding, kind: ControlKind, units: Sequence[Unit]) -> Iterator[Asked]:
    """The binding narrowed to each audited unit, where the kind can; else as it is, once."""
    concerned = [one for one in units if binding.holds_for(one.path)]
    within = [one for one in units if binding.unit_path.startswith(one.path)]
    if within:
        yield binding, False
    elif concerned and kind.narrows is not None and kind.narrows(binding.values):
        for unit in concerned:
            paths = tuple(one for one in binding.except_paths if one.startswith(unit.path))
            yield replace(binding, unit_id=unit.pk, unit_path=unit.path, except_paths=paths), False
    elif concerned:
        yield binding, True


def _held(binding: Binding, days: Days) -> Evidence:
    """The sum over the days on which the control was in force."""
    return reduce(
        Evidence.__add__,
        (
            one for day, one in days.items()
            if binding.from_on <= day and (binding.to_on is None or day <= binding.to_on)
        ),
        Evidence(),
    )  # fmt: skip


def _rows(
    line: AuditLine, controls: Collection[Control], found: Mapping[int, tuple[Evidence, bool]]
) -> Iterator[dict[str, Any]]:
    """One row for each control of the clause, with what the same found in other versions."""
    assert line.clause is not None
    regulation = line.clause.version.regulation_id
    same = [
        one for one in controls
        if one.clause.number == line.clause.number
        and one.clause.version.regulation_id == regulation
    ]  # fmt: skip
    for control in same:
        if control.clause_id == line.clause_id:
            several = [found[one.pk] for one in same if one.key == control.key and one.pk in found]
            yield _row(control, several)


def _row(control: Control, found: Sequence[tuple[Evidence, bool]]) -> dict[str, Any]:
    kind = control_kinds().get(control.kind)
    evidence = reduce(Evidence.__add__, (one for one, _whole in found), Evidence())
    state = "asked" if found else "not_bound"
    if kind is None or kind.evidence is None:
        state = "waits"
    return {
        "key": control.key, "title": control.title, "state": state,
        "is_whole": any(is_whole for _one, is_whole in found),
        "kept": evidence.kept, "broken": evidence.broken, "unknown": evidence.unknown,
    }  # fmt: skip
