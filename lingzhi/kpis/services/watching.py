"""Watching for fluctuation and latent risk (质量波动与潜在风险): one person is told once."""

from datetime import date, timedelta

import numpy as np
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.kpis.models import Alert, Definition, Signal, Watch
from lingzhi.kpis.queries import Figure, owner_for
from lingzhi.kpis.queries.courses import scale_of
from lingzhi.kpis.queries.watching import Look, Watched, look_at
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit
from lingzhi_engine.stats import JOINED, Called, began_at, size_of

CATCH_UP = 7  # days looked at after nobody looked for a while
DAY = timedelta(days=1)
Kinds = list[Signal.Kind]


def watch_up_to(day: date) -> int:
    """Look at every day that nobody looked at yet, a week at most; the number of new signals."""
    newest = Watch.objects.filter(day__lt=day).values_list("day", flat=True).first()
    first = max(newest + DAY, day - (CATCH_UP - 1) * DAY) if newest else day
    return sum(watch(first + at * DAY) for at in range((day - first).days + 1))


def watch(day: date) -> int:
    """Look at every unit's indicators of a day; the number of new signals.

    A signal is found once; a day looked at again tells nobody twice.
    """
    look = look_at(day)
    _keep_watch(look)
    found = 0
    for watched in look.watched:
        for called in watched.called():
            found += _raise(look, watched, called.unit, _kinds(called), called)
        for unit in _beyond_warning(look, watched):
            found += _raise(look, watched, unit, [Signal.Kind.WARNING], None)
    return found


def _keep_watch(look: Look) -> None:
    rules = look.rules
    Watch.objects.update_or_create(
        day=look.day,
        defaults={
            "courses": look.judged, "limit": rules.limit, "change": rules.change,
            "run": rules.run, "per_day": rules.per_day, "watched_at": now(),
        },
    )  # fmt: skip


def _kinds(called: Called) -> Kinds:
    return [Signal.Kind(one.value) for one in called.calls]


def _beyond_warning(look: Look, watched: Watched) -> list[int]:
    """The smallest units that explain what lies beyond a warning line, where it says enough."""
    key = watched.definition.pk

    def is_beyond(unit: int, figure: Figure) -> bool:
        return figure.is_enough and figure.state(look.targets[unit].get(key)) == "warning"

    def beyond(unit: int) -> list[int]:
        below = [one for one in watched.tree.children.get(unit, ()) if one in watched.last]
        last = watched.last[unit]
        if is_beyond(unit, last):
            rests = [(one, last.without(watched.last[one])) for one in below]
            if all(is_beyond(unit, rest) for one, rest in rests if one in loud):
                return [unit]
        return [found for one in below for found in beyond(one)]

    loud = {one for one, last in watched.last.items() if is_beyond(one, last)}
    return [found for top in watched.tops for found in beyond(top)]


@transaction.atomic
def _raise(look: Look, watched: Watched, key: int, kinds: Kinds, called: Called | None) -> int:
    """Keep the signals of a day with their alert, a new one or that of the days before."""
    definition, unit = watched.definition, look.units[key]
    figure = watched.last[key]
    new = [
        Signal(
            definition=definition, unit=unit, day=look.day, kind=kind,
            value=figure.value or 0.0, found_at=now(),
        )
        for kind in kinds
        if not Signal.objects.filter(
            definition=definition, unit=unit, day=look.day, kind=kind
        ).exists()
    ]  # fmt: skip
    if not new:
        return 0
    began = look.day if called is None else _began(look, watched, called)
    alert = _alert_of(definition, unit, look.day, began)
    for signal in new:
        signal.alert = alert
    Signal.objects.bulk_create(new)
    if called is not None and alert.is_open and alert.unit_id == key:
        _measure(alert, look, watched, called)
    return len(new)


def _began(look: Look, watched: Watched, called: Called) -> date:
    at = began_at(called.chart, watched.tree.judge.worse, called.calls, look.rules)
    return look.day - (len(called.chart.scores) - 1 - at) * DAY


def _alert_of(definition: Definition, unit: Unit, day: date, began: date) -> Alert:
    """The alert that goes on, or one that ended within a week of it; else a new one is raised.

    One of a unit above or below is the same trouble, seen from there.
    """
    rows = Alert.objects.select_for_update().filter(definition=definition)
    near = rows.filter(Q(unit__in=unit.above) | Q(unit__path__startswith=unit.path))
    known = near.filter(last_on__gte=day - JOINED * DAY).first()
    known = known or rows.filter(unit=unit, state__in=Alert.OPEN_STATES).first()
    if known is not None:
        known.last_on = max(known.last_on, day)
        known.save(update_fields=["last_on"])
        return known
    alert = Alert.objects.create(
        definition=definition, unit=unit, began_on=began, found_on=day, last_on=day,
        owner=owner_for(definition.code, unit), raised_at=now(),
    )  # fmt: skip
    record(None, "kpis.alert_raised", alert, after={"began_on": began.isoformat()})
    tell_owner(alert)
    return alert


def _measure(alert: Alert, look: Look, watched: Watched, called: Called) -> None:
    """How far the days of an alert lie from what was usual, as it stands today."""
    chart, course = called.chart, watched.tree.courses[called.unit]
    first = max(0, len(chart.scores) - 1 - (look.day - alert.began_on).days)
    size = size_of(chart, course.numerators, course.denominators, first)
    if size is None:
        return
    scale = scale_of(alert.definition.shape)
    alert.usual = float(np.nanmean(chart.centre[first:])) * scale
    alert.change, alert.change_low, alert.change_high = (one * scale for one in size)
    alert.save(update_fields=["usual", "change", "change_low", "change_high"])


def tell_owner(alert: Alert) -> None:
    """One line for the one who is to see to it."""
    if alert.owner is None:
        return
    entry = alert.definition.entry
    title = lazy(lambda: str(_("An indicator needs you: %(name)s") % {"name": entry.name}), str)()
    tell(
        [alert.owner], title, body=f"{alert.unit.name} · {alert.began_on.isoformat()}",
        url=reverse("kpis:alert", args=[alert.pk]), is_todo=True, matter=matter_of(alert),
    )  # fmt: skip


def matter_of(alert: Alert) -> str:
    return f"kpis.alert/{alert.pk}"
