"""Scores under which a conversation had passed wrongly, as what may be put right."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import today
from lingzhi.core.origins import Found, Origin
from lingzhi.inspections.models import Review
from lingzhi.inspections.queries.escapes import escaped
from lingzhi.inspections.queries.reviews import reviews_visible_to
from lingzhi.org.queries import teams_on


def _find(user: Any, keys: Collection[int]) -> dict[int, Found]:
    rows = list(reviews_visible_to(user).filter(pk__in=keys))
    units = teams_on(today(), [one.inspector_id for one in rows])
    return {one.pk: _found(one, getattr(units.get(one.inspector_id), "pk", None)) for one in rows}


def _found(one: Review, unit_id: int | None) -> Found:
    url = reverse("inspections:review", args=[one.pk])
    return Found(f"{one.contact.external_id} · {one.version}", url, unit_id)


def _again(key: int, since: datetime) -> str:
    """A score released later by the same sheet let another one pass."""
    old = Review.objects.select_related("version").filter(pk=key).first()
    if old is None:
        return ""
    rows = escaped().filter(version__sheet=old.version.sheet_id, released_at__gt=since)
    found = rows.select_related("contact", "version__sheet").order_by("released_at", "pk").first()
    return _found(found, None).title if found else ""


ESCAPE = Origin("inspections.escape", _("Escaped defect"), _find, _again)
