"""Points of reviews and weak links that were taken up, as what may be put right."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.core.origins import Found, Origin
from lingzhi.reports.models import Decision, WeakStep
from lingzhi.reports.presenting.points import KIND, numbers_of, title_of_point
from lingzhi.reports.presenting.weak_steps import step_words, taken_line
from lingzhi.reports.queries.decisions import decisions_visible_to, points_in
from lingzhi.reports.queries.weak_steps import weak_steps_visible_to


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


def _weak_steps(user: Any, keys: Collection[int]) -> dict[int, Found]:
    rows = weak_steps_visible_to(user).filter(pk__in=keys)
    return {one.pk: _weak_step(one) for one in rows}


def _weak_step(row: WeakStep) -> Found:
    shown = taken_line(row)
    url = reverse("reports:weak_step", args=[row.pk])
    return Found(step_words(row), url, row.unit_id, words=f"{shown.rate} / {shown.other}")


def _weak_again(key: int, since: datetime) -> str:
    """The same step of the same unit was taken up again."""
    old = WeakStep.objects.filter(pk=key).first()
    if old is None:
        return ""
    rows = WeakStep.objects.filter(unit=old.unit_id, step=old.step, value=old.value)
    found = rows.filter(taken_at__gt=since).select_related("unit").order_by("taken_at").first()
    return f"{step_words(found)}: {taken_line(found).rate}" if found else ""


POINT = Origin(KIND, _("Point of a review"), _find)
WEAK_STEP = Origin("reports.weak_step", _("Weak link on the way of customers"), _weak_steps,
                   _weak_again)  # fmt: skip
