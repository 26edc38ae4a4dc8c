"""Weak links and pain points, as what may be put right."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.core.origins import Found, Origin
from lingzhi.surveys.models import Dimension, WeakLink
from lingzhi.surveys.queries.insights import insights_visible_to
from lingzhi.surveys.queries.results import weak_links_visible_to


def _weak_links(user: Any, keys: Collection[int]) -> dict[int, Found]:
    names = {one.code: str(one) for one in Dimension.objects.all()}
    return {
        one.pk: Found(
            f"{one.unit.name} · {names.get(one.dimension, one.dimension)}",
            reverse("surveys:weak_link", args=[one.pk]), one.unit_id,
            words=f"{one.satisfied}/{one.asked}, ≥ {one.target:g}%",
        )
        for one in weak_links_visible_to(user).filter(pk__in=keys)
    }  # fmt: skip


def _weak_again(key: int, since: datetime) -> str:
    """The same dimension of the same unit was given to its leaders again."""
    old = WeakLink.objects.filter(pk=key).first()
    if old is None:
        return ""
    rows = WeakLink.objects.filter(unit=old.unit_id, dimension=old.dimension, told_at__gt=since)
    found = rows.select_related("unit").order_by("told_at").first()
    if found is None:
        return ""
    return f"{found.unit.name}: {found.satisfied}/{found.asked}, ≥ {found.target:g}%"


def _insights(user: Any, keys: Collection[int]) -> dict[int, Found]:
    return {
        one.pk: Found(
            one.title, reverse("surveys:insight", args=[one.pk]), one.unit_id, words=one.words
        )
        for one in insights_visible_to(user).filter(pk__in=keys)
    }


WEAK_LINK = Origin("surveys.weak_link", _("Weak link in what customers say"), _weak_links,
                   _weak_again)  # fmt: skip
INSIGHT = Origin("surveys.insight", _("Need, benchmark or pain point"), _insights)
