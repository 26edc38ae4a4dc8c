"""A small regulation about complaints in force for the hotline: `packs/demands`."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.core.controls import Binding, Evidence, control_kinds
from lingzhi.org.models import Unit
from lingzhi.rulebook import services
from lingzhi.rulebook.factories import make_version, settle_all
from lingzhi.rulebook.models import Control, Version

PACKS = Path(__file__).parent / "packs"
KEPT, BROKEN, UNKNOWN = Evidence(kept=1), Evidence(broken=1), Evidence(unknown=1)


def in_force(cast, on: date) -> Version:
    """`settings.PACKS` is PACKS."""
    return make_version("demands", cast.hotline, by=cast.quan, effective_on=on)


def revised(
    version: Version, *, by: User, pilot_in: Sequence[Unit] = (), **values: dict[str, Any]
) -> Version:  # fmt: skip
    """The next version from today on, with other values of controls by their keys; for three weeks
    where units try it."""
    words = {"reason_kind": "feedback", "reason": "try", "by": by}
    draft = services.revise(version.regulation, **words)
    if pilot_in:
        until = today() + timedelta(days=20)
        services.set_pilot(draft, units=list(pilot_in), channels=[], until=until, by=by)
    services.submit_version(draft, effective_on=today(), **words)
    for key, changed in values.items():
        found = control(draft, key)
        Control.objects.filter(pk=found.pk).update(values={**found.values, **changed})
    settle_all()
    return Version.objects.select_related("regulation__unit").get(pk=draft.pk)


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
