"""The same indicators on each channel, and where they differ by more than chance explains."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from lingzhi.core.clock import today
from lingzhi.kpis.models import Definition, Target
from lingzhi.kpis.queries.definitions import headlines
from lingzhi.kpis.queries.figures import Figure, sums_by
from lingzhi.kpis.queries.periods import Period
from lingzhi.kpis.queries.scopes import Scope
from lingzhi.org.models import Unit
from lingzhi.org.queries import in_force
from lingzhi_engine.stats import TOO_FEW, difference

# What says whether service is alike: effect on the customer, and what people and rules judged.
COMPARED = ("T01", "K07", "K08", "K12", "V03", "K20", "K21", "Q01", "Q02", "Q04")
# How fast a channel answers: calls within the seconds, written words replied to within them.
ANSWERING = Q(definition__indicator__code="T02") | Q(
    definition__indicator__code="K06", definition__variant__in=("within", "mail_within")
)
SURE = 0.05  # the chance of calling any channel of a row different where none is


@dataclass(frozen=True, slots=True)
class Cell:
    """What an indicator came to on one channel.

    `standing` to the other channels together: above, below, alike, or unknown (too few cases, or
    no share). `definition` says how it was counted.
    """

    channel: str
    definition: Definition
    figure: Figure
    standing: str

    @property
    def tone(self) -> str:
        """good or bad where it stands apart and one side is better."""
        if self.standing not in ("above", "below") or not self.figure.direction:
            return "plain"
        return "good" if (self.standing == "above") == (self.figure.direction == "high") else "bad"


def answer_targets(unit: Unit | None = None, on: date | None = None) -> dict[str, Target]:
    """The norm of each channel by its code: its target for a first answer in time.

    That of the nearest unit upwards, else of the widest below; without a unit of the widest.
    """
    rows = Target.objects.filter(ANSWERING, in_force(on or today())).exclude(channel="")
    found = list(rows.select_related("definition__indicator", "unit"))
    path = unit.path if unit else ""
    near = [one for one in found if _is_upward(one, path) or one.unit.path.startswith(path)]
    return {one.channel: one for one in sorted(near, key=lambda one: _nearness(one, path))}


def _is_upward(target: Target, path: str) -> bool:
    return path.startswith(target.unit.path)


def _nearness(target: Target, path: str) -> tuple[bool, int, int]:
    is_upward, depth = _is_upward(target, path), target.unit.depth
    return is_upward, depth if is_upward else -depth, target.pk


def side_by_side(
    scope: Scope, period: Period, norms: Mapping[str, Target]
) -> dict[str, dict[str, Cell]]:
    """By row and channel: `norm` (answered as the channel promises), then the indicators.

    Rows and channels without a case are left out.
    """
    used = headlines(codes=list(COMPARED))
    wanted = {one.pk: one for one in [*used.values(), *(norms[code].definition for code in norms)]}
    sums = sums_by(list(wanted.values()), scope, period, "channel")
    rows: dict[str, dict[str, tuple[Definition, Figure]]] = {"norm": {}, **{c: {} for c in used}}
    for (key, channel), one in sums.items():
        definition = wanted[key]
        found = (definition, Figure.of(definition, one))
        if channel and found[1].has_data:
            if channel in norms and norms[channel].definition_id == key:
                rows["norm"][channel] = found
            if used.get(definition.code) == definition:
                rows[definition.code][channel] = found
    return {name: _compared(several) for name, several in rows.items() if several}


def _compared(row: Mapping[str, tuple[Definition, Figure]]) -> dict[str, Cell]:
    figures = {channel: figure for channel, (_definition, figure) in row.items()}
    return {
        channel: Cell(channel, definition, figure, _standing(channel, figures))
        for channel, (definition, figure) in sorted(row.items())
    }


def _standing(channel: str, figures: Mapping[str, Figure]) -> str:
    """One channel against all others together, Newcombe's interval, Bonferroni for the row."""
    own = figures[channel]
    others = [one for code, one in figures.items() if code != channel]
    k, n = (sum(getattr(one, name) for one in others) for name in ("numerator", "denominator"))
    is_counted = all(one.interval is not None for one in figures.values())
    if not is_counted or min(own.denominator, n) < TOO_FEW:
        return "unknown"
    low, high = difference(
        (round(k), round(n)), (round(own.numerator), round(own.denominator)),
        1 - SURE / len(figures),
    )  # fmt: skip
    return "above" if low > 0 else "below" if high < 0 else "alike"
