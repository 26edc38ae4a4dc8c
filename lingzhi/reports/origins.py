"""Points of reviews that were taken up, as what may be put right."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.core.origins import Found, Origin
from lingzhi.reports.models import Decision
from lingzhi.reports.presenting.points import KIND, numbers_of, title_of_point
from lingzhi.reports.queries.decisions import decisions_visible_to, points_in


def _find(user: Any, keys: Collection[int]) -> dict[int, Found]:
    rows = decisions_visible_to(user).filter(pk__in=keys, is_taken=True)
    return {one.pk: _found(one) for one in rows}


def _found(decision: Decision) -> Found:
    report = decision.report
    points = {one["key"]: one for one in points_in(report)}
    point = points.get(decision.key)
    url = reverse("reports:detail", args=[report.pk])
    if point is None:
        return Found(decision.key, url, report.plan.unit_id)
    words = numbers_of(point)
    return Found(title_of_point(point), url, report.plan.unit_id, words=words)


POINT = Origin(KIND, _("Point of a review"), _find)
