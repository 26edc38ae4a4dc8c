"""Whether measures worked: the same indicator of the same unit before and after (效果验证)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lingzhi.core.clock import today
from lingzhi.improvement.models import Effect, Rectification, Verification
from lingzhi.kpis.models import Signal
from lingzhi.kpis.queries import (
    Figure,
    Period,
    Scope,
    Series,
    figure,
    series,
)
from lingzhi_engine.stats import Limits, difference, difference_of_means, enough

Computed = Verification.Computed
DAY = timedelta(days=1)
FEWEST_DAYS = 8  # with data on a side, where no single cases are known but only days


@dataclass(frozen=True, slots=True)
class Judged:
    """Both windows with their figures, the interval of after less before, and what follows.

    `low` and `high` are in the unit of the figure (a share in points of per cent). Without an
    indicator there is nothing but the verdict. `is_waiting` until the days after are over.
    """

    verdict: str
    is_waiting: bool = False
    effect: Effect | None = None
    before: Figure | None = None
    after: Figure | None = None
    after_period: Period | None = None
    low: float | None = None
    high: float | None = None

    @property
    def change(self) -> float | None:
        """After less before; where days were compared, of their means."""
        if self.is_by_day:
            return None if self.low is None or self.high is None else (self.low + self.high) / 2
        pair = [one.value if one else None for one in (self.before, self.after)]
        return None if pair[0] is None or pair[1] is None else pair[1] - pair[0]

    @property
    def is_by_day(self) -> bool:
        """Whether the figures of days are compared, for no single cases are known."""
        return self.before is not None and not _has_cases(self.before, self.after)

    @property
    def kept(self) -> dict[str, Any]:
        """What is kept beside a signature: numbers alone."""
        if self.before is None or self.after is None or self.after_period is None:
            return {}
        assert self.effect is not None
        sides = {
            name: [one.numerator, one.denominator, one.unknown]
            for name, one in (("before", self.before), ("after", self.after))
        }
        days = {
            "before_days": [str(self.effect.before_from), str(self.effect.before_to)],
            "after_days": [str(self.after_period.first), str(self.after_period.last)],
        }
        return {**sides, **days, "low": self.low, "high": self.high}


def judged(row: Rectification) -> Judged:
    """What is counted about the effect as of today."""
    effect = Effect.objects.filter(rectification=row).select_related(
        "definition__indicator", "unit"
    ).first()  # fmt: skip
    if effect is None:
        return Judged(Computed.NONE)
    if row.done_on is None:
        return Judged(Computed.TOO_FEW, True, effect)
    period = Period(row.done_on, row.done_on + (effect.after_days - 1) * DAY)
    scope = scope_of_effect(effect)
    old = Period(effect.before_from, effect.before_to)
    before, after = (figure(effect.definition, scope, one) for one in (old, period))
    span = _interval(effect, before, after, (old, period))
    low, high = span or (None, None)
    verdict = _verdict(effect.definition.direction, span)
    return Judged(verdict, period.last >= today(), effect, before, after, period, low, high)


def scope_of_effect(effect: Effect) -> Scope:
    return Scope.of_unit(effect.unit, effect.channel)


def _interval(
    effect: Effect, before: Figure, after: Figure, periods: tuple[Period, Period]
) -> tuple[float, float] | None:
    """Of shares by their cases (Newcombe), else by the figures of days (Welch); None of too few."""
    if _has_cases(before, after):
        if not (enough(before.n) and enough(after.n)):
            return None
        low, high = difference(_counts(before), _counts(after))
        return 100 * low, 100 * high
    scope = scope_of_effect(effect)
    first, second = (
        [value for value in series(effect.definition, scope, one).values if value is not None]
        for one in periods
    )
    if min(len(first), len(second)) < FEWEST_DAYS:
        return None
    return difference_of_means(first, second)


def _counts(one: Figure) -> tuple[int, int]:
    return round(one.numerator), round(one.denominator)


def _has_cases(before: Figure, after: Figure | None) -> bool:
    return after is not None and before.shape == "share" and before.is_whole and after.is_whole


def _verdict(direction: str, span: tuple[float, float] | None) -> str:
    if span is None:
        return Computed.TOO_FEW
    if span[0] <= 0 <= span[1]:
        return Computed.SAME
    is_up = span[0] > 0
    return Computed.BETTER if is_up == (direction == "high") else Computed.WORSE


def course(found: Judged) -> Series | None:
    """The days with figures, first before to last after, as the chart of the indicator judges them:
    the newest by their own past.
    """
    if found.effect is None or found.after_period is None:
        return None
    effect = found.effect
    last = max(effect.before_to, min(found.after_period.last, today()))
    days = series(effect.definition, scope_of_effect(effect), Period(effect.before_from, last))
    known = [n for n, one in enumerate(days.figures) if one.has_data]
    limits = days.limits and Limits(
        days.limits.centre,
        [days.limits.low[n] for n in known],
        [days.limits.high[n] for n in known],
    )
    return Series(
        [days.starts[n] for n in known], [days.figures[n] for n in known], limits,
        [days.signals[n] for n in known], days.chart,
    )  # fmt: skip


def worse_again(row: Rectification) -> str:
    """The indicator that judged the effect moved to the worse again after closing, in words."""
    effect = Effect.objects.filter(rectification=row).select_related("definition").first()
    if effect is None or row.closed_at is None:
        return ""
    return moved_again(effect.definition.indicator_id, effect.unit_id, localdate(row.closed_at))


def moved_again(indicator_id: int, unit_id: int, since: date) -> str:
    """The first signal of the indicator in the unit after a day, in words; "" of none."""
    rows = Signal.objects.filter(
        definition__indicator=indicator_id, unit=unit_id, day__gt=since
    ).select_related("definition__indicator")
    found = rows.order_by("day", "pk").first()
    if found is None:
        return ""
    return _("%(day)s: %(indicator)s – %(what)s") % {
        "day": date_format(found.day, "Y-m-d"), "indicator": found.definition.entry.name,
        "what": found.get_kind_display(),
    }  # fmt: skip
