"""A share kept as two counts, so that shares of parts add up to the share of the whole."""

from collections.abc import Callable
from dataclasses import dataclass

from lingzhi_engine.stats.intervals import Interval, wilson

# Below 30 a share moves by more than three points with a single contact.
TOO_FEW = 30


def enough(n: int, minimum: int = TOO_FEW) -> bool:
    """Are n observations enough to show a share at all, rather than "too few to say"?

    The minimum is a convention an installation may set; it never replaces the interval, which
    stands beside every share that is shown.
    """
    return n >= minimum


@dataclass(frozen=True, slots=True, order=False)
class Rate:
    """`numerator` of `denominator`. What could not be judged belongs in neither.

    Raises ValueError unless 0 <= numerator <= denominator.
    """

    numerator: int
    denominator: int

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(f"no rate: {self.numerator} of {self.denominator}")

    def __add__(self, other: "Rate") -> "Rate":
        """The rate of two disjoint groups together."""
        return Rate(self.numerator + other.numerator, self.denominator + other.denominator)

    @property
    def ratio(self) -> float | None:
        """The share, 0 to 1; None of nothing."""
        return self.numerator / self.denominator if self.denominator else None

    def interval(
        self,
        level: float = 0.95,
        method: Callable[[int, int, float], Interval] = wilson,
    ) -> Interval:
        """The confidence interval of the share, by `wilson` or `clopper_pearson`."""
        return method(self.numerator, self.denominator, level)

    def is_enough(self, minimum: int = TOO_FEW) -> bool:
        """See `enough`."""
        return enough(self.denominator, minimum)

    def differs_from(self, other: "Rate", level: float = 0.95) -> bool:
        """Do the intervals leave no common share? Cautious: False is no proof of equality."""
        return not self.interval(level).overlaps(other.interval(level))
