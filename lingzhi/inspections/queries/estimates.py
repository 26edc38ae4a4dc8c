"""What a plan's reviews say about all of its conversations: rates and means by 1 / chance."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import numpy as np

from lingzhi.inspections.models import Plan, Review, Task
from lingzhi_engine.stats import Measured, Reviews, enough, weighted_mean, weighted_rate

LATEST_DRAWS = 12
COLUMNS = (
    "draw_id", "stratum", "inclusion", "contact__unit_id", "contact__unit__name", "review__state",
    "review__is_passed", "review__value", "review__is_vetoed", "review__families",
)  # fmt: skip
Row = dict[str, Any]
NAN = float("nan")


class Estimate(NamedTuple):
    """Of a whole or a team: pass rate, mean score, rate of fatal errors; n reviews of all drawn."""

    name: str
    passed: Measured
    score: Measured
    fatal: Measured
    scored: int
    drawn: int

    @property
    def is_enough(self) -> bool:
        """Whether the figures may be read as a statement."""
        return enough(self.scored)


def estimates_of(plan: Plan) -> list[Estimate]:
    """The whole first, then each team; from the latest draws of the plan.

    What was drawn and is not scored yet is taken as missing by chance within its stratum: the
    others stand for it. Conversations chosen by hand speak for nobody else and are left out.
    """
    draws = plan.draws.order_by("-to_on").values("pk")[:LATEST_DRAWS]
    tasks = Task.objects.filter(
        draw__in=list(draws.values_list("pk", flat=True)), is_repeat=False,
        state__in=[Task.State.OPEN, Task.State.DONE], inclusion__isnull=False,
    )  # fmt: skip
    rows = list(tasks.order_by().values(*COLUMNS))
    answered = _answered(rows)
    teams = {row["contact__unit_id"]: row["contact__unit__name"] for row in rows}
    named = sorted((name, key) for key, name in teams.items() if key is not None)
    parts = [(name, [row for row in rows if row["contact__unit_id"] == key]) for name, key in named]
    return [_estimate(name, part, answered) for name, part in [("", rows), *parts]]


def _stratum(row: Row) -> str:
    return f"{row['draw_id']}/{row['stratum']}"


def _is_scored(row: Row) -> bool:
    return row["review__state"] not in (None, Review.State.DRAFT)


def _answered(rows: Iterable[Row]) -> dict[str, float]:
    """Of each stratum the share that is scored."""
    several = list(rows)
    drawn = Counter(map(_stratum, several))
    scored = Counter(_stratum(row) for row in several if _is_scored(row))
    return {stratum: scored[stratum] / n for stratum, n in drawn.items()}


def _estimate(name: str, rows: list[Row], answered: Mapping[str, float]) -> Estimate:
    scored = [row for row in rows if _is_scored(row)]
    chance = [row["inclusion"] * answered[_stratum(row)] for row in scored]
    strata = [_stratum(row) for row in scored]

    def reviews(value: Callable[[Row], float]) -> Reviews:
        return Reviews.of(np.array([value(row) for row in scored], float), chance, strata)

    return Estimate(
        name,
        weighted_rate(reviews(_passed)),
        weighted_mean(reviews(_score)),
        weighted_rate(reviews(_fatal)),
        len(scored),
        len(rows),
    )


def _passed(row: Row) -> float:
    return NAN if row["review__is_passed"] is None else float(row["review__is_passed"])


def _score(row: Row) -> float:
    return NAN if row["review__value"] is None else float(row["review__value"])


def _fatal(row: Row) -> float:
    """A veto, or a critical error of any family; unknown where one of them could not be told."""
    errors = [row["review__is_vetoed"], *(row["review__families"] or {}).values()]
    if any(one is True for one in errors):
        return 1.0
    return NAN if None in errors else 0.0
