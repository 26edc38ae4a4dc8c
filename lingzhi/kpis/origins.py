"""Figures that moved, as what may be put right."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lingzhi.core.origins import Found, Origin
from lingzhi.kpis.models import Signal
from lingzhi.kpis.queries import READ
from lingzhi.org.queries import reach


def _find(user: Any, keys: Collection[int]) -> dict[int, Found]:
    within = reach(user, READ).units.values("pk")
    rows = Signal.objects.filter(pk__in=keys, unit__in=within)
    return {one.pk: _found(one) for one in rows.select_related("definition__indicator", "unit")}


def _found(signal: Signal) -> Found:
    url = f"{reverse('kpis:indicator', args=[signal.definition.code])}?unit={signal.unit_id}"
    name, day = signal.definition.entry.name, date_format(signal.day, "Y-m-d")
    words = f"{signal.unit.name} · {day} · {name}: {signal.get_kind_display()}"
    return Found(f"{name} · {day}", url, signal.unit_id, signal.definition_id, words)


def _again(key: int, since: datetime) -> str:
    """The same indicator of the same unit moved to the worse on a later day."""
    old = Signal.objects.select_related("definition").filter(pk=key).first()
    if old is None:
        return ""
    rows = Signal.objects.filter(
        definition__indicator=old.definition.indicator_id, unit=old.unit_id,
        day__gt=localdate(since),
    )  # fmt: skip
    found = rows.select_related("definition__indicator", "unit").order_by("day", "pk").first()
    return _found(found).words if found else ""


SIGNAL = Origin("kpis.signal", _("Alert of an indicator"), _find, _again)
