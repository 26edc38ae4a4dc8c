"""Figures: sums of facts, what they come to, how sure that is, and how it stands to a target."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.db.models import Sum

from lingzhi.kpis.models import Definition, Target
from lingzhi.kpis.queries.periods import Period
from lingzhi.kpis.queries.scopes import Scope
from lingzhi_engine.stats import TOO_FEW, Interval, clopper_pearson

SUMS = {"above": Sum("numerator"), "below": Sum("denominator"), "unsure": Sum("unknown")}
Sums = tuple[float, float, int]
NOTHING: Sums = (0.0, 0.0, 0)


@dataclass(frozen=True, slots=True)
class Figure:
    """What an indicator came to. Only shares have an interval: of a mean no squares are kept."""

    shape: str
    unit: str
    direction: str
    numerator: float = 0.0
    denominator: float = 0.0
    unknown: int = 0

    @classmethod
    def of(cls, definition: Definition, sums: Sums) -> "Figure":
        return cls(definition.shape, definition.unit, definition.direction, *sums)

    @property
    def has_data(self) -> bool:
        """Whether anything was counted."""
        return bool(self.numerator if self.shape == "count" else self.denominator)

    @property
    def ratio(self) -> float | None:
        """The share, 0–1; None of nothing, and of what is no share."""
        if self.shape != "share" or not self.denominator:
            return None
        return self.numerator / self.denominator

    @property
    def value(self) -> float | None:
        """The figure in its unit (a share in per cent); None without data."""
        exact = self.exact
        return None if exact is None else float(exact)

    @property
    def exact(self) -> Fraction | None:
        """The same without rounding, for comparing."""
        if not self.has_data:
            return None
        above = Fraction(self.numerator)
        if self.shape == "count":
            return above
        return above / Fraction(self.denominator) * (100 if self.shape == "share" else 1)

    @property
    def n(self) -> int:
        """How many cases it rests on."""
        cases = self.numerator if self.shape in ("count", "rate") else self.denominator
        return round(cases)

    @property
    def is_enough(self) -> bool:
        """Whether so many cases allow a statement; a caution beside the figure, never a veil."""
        return self.shape == "count" or self.n >= TOO_FEW

    @property
    def is_whole(self) -> bool:
        """Whether it counts cases: entered figures may have parts of one."""
        return float(self.numerator).is_integer() and float(self.denominator).is_integer()

    @property
    def interval(self) -> Interval | None:
        """The exact (Clopper–Pearson) 95 % interval of a share, 0–1."""
        if self.ratio is None or not self.is_whole or self.numerator > self.denominator:
            return None
        return clopper_pearson(round(self.numerator), round(self.denominator))

    @property
    def low(self) -> float | None:
        return self.interval.low if self.interval else None

    @property
    def high(self) -> float | None:
        return self.interval.high if self.interval else None

    def without(self, other: "Figure") -> "Figure":
        """What is left when a part is taken out."""
        return replace(
            self,
            numerator=self.numerator - other.numerator,
            denominator=self.denominator - other.denominator,
            unknown=self.unknown - other.unknown,
        )

    def differs_from(self, other: "Figure") -> bool:
        """Whether two shares have nothing in common that chance would explain."""
        if self.interval is None or other.interval is None:
            return False
        return not self.interval.overlaps(other.interval)

    def state(self, target: Target | None) -> str:
        """met, missed, warning (beyond the warning line), or unknown without data or target."""
        if target is None or self.exact is None:
            return "unknown"
        if reaches(self.exact, target.value, target.is_strict, self.direction):
            return "met"
        if target.warning is None or reaches(self.exact, target.warning, False, self.direction):
            return "missed"
        return "warning"


def reaches(value: Fraction, bound: float, is_strict: bool, direction: str) -> bool:
    """Whether `value` keeps a bound; the bound itself keeps it (以上、以内) unless strict."""
    limit = Fraction(str(bound))
    if value == limit:
        return not is_strict
    return value < limit if direction == "low" else value > limit


def sure_state(state: str, target: float, low: float | None, high: float | None) -> str:
    """`unsure` where chance explains a miss: the limits (0–1) hold the target (per cent)."""
    if state != "missed" or low is None or high is None:
        return state
    return "unsure" if low <= target / 100 <= high else state


def figure(definition: Definition, scope: Scope, period: Period) -> Figure:
    """What one definition came to."""
    return figures([definition], scope, period)[definition.pk]


def figures(definitions: Iterable[Definition], scope: Scope, period: Period) -> dict[int, Figure]:
    """What several definitions came to, by their key, with one query."""
    wanted = list(definitions)
    sums = sums_by(wanted, scope, period)
    return {one.pk: Figure.of(one, sums.get((one.pk,), NOTHING)) for one in wanted}


def sums_by(
    definitions: Collection[Definition], scope: Scope, period: Period, *names: str
) -> dict[tuple[Any, ...], Sums]:
    """Sums by definition and the columns named (day, unit_id, agent_id, channel)."""
    rows = scope.facts(*names).filter(
        definition__in=definitions, day__gte=period.first, day__lte=period.last
    )
    grouped = rows.values_list("definition_id", *names).annotate(**SUMS)
    return {tuple(row[:-3]): (row[-3], row[-2], row[-1]) for row in grouped}
