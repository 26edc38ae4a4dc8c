"""Figures that moved, as what may be put right."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from lingzhi.core.origins import Found, Origin
from lingzhi.kpis.models import Alert
from lingzhi.kpis.queries import alerts_visible_to


def _find(user: Any, keys: Collection[int]) -> dict[int, Found]:
    return {one.pk: _found(one) for one in alerts_visible_to(user).filter(pk__in=keys)}


def _found(alert: Alert) -> Found:
    name, day = alert.definition.entry.name, date_format(alert.began_on, "Y-m-d")
    words = f"{alert.unit.name} · {day} · {name}"
    url = reverse("kpis:alert", args=[alert.pk])
    return Found(f"{name} · {day}", url, alert.unit_id, alert.definition_id, words)


def _again(key: int, since: datetime) -> str:
    """Another alert of the same indicator in the same unit began on a later day."""
    old = Alert.objects.select_related("definition").filter(pk=key).first()
    if old is None:
        return ""
    rows = Alert.objects.filter(
        definition__indicator=old.definition.indicator_id, unit=old.unit_id,
        began_on__gt=localdate(since),
    )  # fmt: skip
    found = rows.select_related("definition__indicator", "unit").order_by("began_on", "pk").first()
    return _found(found).words if found else ""


ALERT = Origin("kpis.alert", _("Alert of an indicator"), _find, _again)
