"""A small regulation about complaints in force for the hotline: `packs/demands`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lingzhi.core.controls import Binding, Evidence, control_kinds
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Control, Version

PACKS = Path(__file__).parent / "packs"
KEPT, BROKEN, UNKNOWN = Evidence(kept=1), Evidence(broken=1), Evidence(unknown=1)


def in_force(cast, on: date) -> Version:
    """`settings.PACKS` is PACKS."""
    return make_version("demands", cast.hotline, by=cast.quan, effective_on=on)


def control(version: Version, key: str) -> Control:
    return Control.objects.get(clause__version=version, key=key)


def binding_of(version: Version, key: str) -> Binding:
    (binding,) = control(version, key).bindings()
    return binding


def bound_to(unit, kind: str, from_on: date, **values: Any) -> Binding:
    """A binding that no regulation knows, for what is only looked at."""
    return Binding(
        control_id=1, reference=f"demands 9 {kind}", kind=kind, title={"en": kind}, values=values,
        unit_id=unit.pk, unit_path=unit.path, from_on=from_on,
    )  # fmt: skip


def found(binding: Binding, first: date, last: date) -> dict[date, Evidence]:
    evidence = control_kinds()[binding.kind].evidence
    assert evidence is not None
    answers: Sequence[Any] = evidence([binding], first, last)
    return dict(answers[0])
