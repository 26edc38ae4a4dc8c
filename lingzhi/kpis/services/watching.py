"""Watching for fluctuation and latent risk (质量波动与潜在风险): who answers for it is told."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import now, today
from lingzhi.kpis.models import Signal
from lingzhi.kpis.queries import Line, Scope, last_days, overview
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import assignments_on, open_units

LOOK_BACK = 30
ROLES = ("team_leader", "quality_manager")
WORDS = {
    Signal.Kind.LIMIT: _("An indicator is worse than chance explains."),
    Signal.Kind.RUN: _("An indicator has been on the worse side for eight days."),
    Signal.Kind.WARNING: _("An indicator lies beyond its warning line."),
}


def watch(day: date) -> int:
    """Look at every unit's indicators of a day; the number of new signals.

    A signal is found once; a day looked at again tells nobody twice.
    """
    found = 0
    for unit in open_units().select_related("owner", "quality_representative"):
        for line in overview(Scope.of_unit(unit), last_days(LOOK_BACK, day)):
            found += sum(_keep(line, unit, day, kind) for kind in signals_in(line))
    return found


def signals_in(line: Line) -> Iterator[Signal.Kind]:
    """What the last day of a line's course says."""
    last = line.series.figures[-1]
    direction = line.definition.direction
    if not direction or last.value is None or line.series.limits is None:
        return
    worse = last.value > line.series.limits.centre
    if direction == "high":
        worse = last.value < line.series.limits.centre
    if line.series.signals[-1] and worse:
        yield Signal.Kind.LIMIT
    if line.series.run_on_worse_side(direction):
        yield Signal.Kind.RUN
    if last.is_enough and last.state(line.target) == "warning":
        yield Signal.Kind.WARNING


@transaction.atomic
def _keep(line: Line, unit: Unit, day: date, kind: Signal.Kind) -> bool:
    value = line.series.figures[-1].value
    signal, is_new = Signal.objects.get_or_create(
        definition=line.definition,
        unit=unit,
        day=day,
        kind=kind,
        defaults={"value": value or 0.0, "found_at": now()},
    )
    if is_new and not _seen_yesterday(signal):
        _tell(signal, line, unit)
    return is_new


def _seen_yesterday(signal: Signal) -> bool:
    """A risk that lasts is told of once, not every day."""
    return Signal.objects.filter(
        definition=signal.definition,
        unit=signal.unit,
        kind=signal.kind,
        day=signal.day - timedelta(days=1),
    ).exists()


def _tell(signal: Signal, line: Line, unit: Unit) -> None:
    title = lazy(lambda: f"{WORDS[Signal.Kind(signal.kind)]} {line.entry.name}", str)()
    url = reverse("kpis:indicator", args=[line.entry.code])
    body = f"{unit.name} · {signal.day.isoformat()}"
    tell(_answering(unit), title, body=body, url=f"{url}?unit={unit.pk}")


def _answering(unit: Unit) -> list[User]:
    """Head and quality representative of the unit, and who leads or assures quality there."""
    rows = assignments_on(today()).filter(unit=unit, role__in=ROLES).select_related("person")
    named = [unit.owner, unit.quality_representative, *(row.person for row in rows)]
    return [person for person in named if person is not None]
