"""What another limit would change, and targets, as pages show them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Clock
from lingzhi.cases.queries.what_if import Answer, Reached
from lingzhi_engine.clock.attainment import Attained, Counts

FLIPS = 50  # cases named on the page
OUTCOMES: dict[str, tuple[str | Promise, str]] = {
    "running": (_("Running"), "flow"),
    "paused": (_("Paused"), "warn"),
    "met": (_("In time"), "good"),
    "late": (_("Too late"), "bad"),
    "cancelled": (_("Not needed any more"), "plain"),
    "unknown": (_("Not known"), "unknown"),
}
ATTAINED: dict[Attained, tuple[str | Promise, str]] = {
    Attained.KEPT: (_("Target kept"), "good"),
    Attained.BROKEN: (_("Target broken"), "bad"),
    Attained.UNKNOWN: (_("Still open"), "unknown"),
}


@dataclass(frozen=True, slots=True)
class Flip:
    """A clock that would stand otherwise."""

    clock: Clock
    before: tuple[str | Promise, str]
    after: tuple[str | Promise, str]


@dataclass(frozen=True, slots=True)
class Share:
    """Those in time among those judged, with the interval."""

    counts: Counts
    label: str | Promise

    @property
    def value(self) -> float | None:
        return self.counts.rate.ratio

    @property
    def judged(self) -> int:
        return self.counts.rate.denominator

    @property
    def low(self) -> float | None:
        return self.counts.rate.interval().low if self.judged else None

    @property
    def high(self) -> float | None:
        return self.counts.rate.interval().high if self.judged else None


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """Both sides, how many flip each way, and the first of them."""

    answer: Answer
    sides: tuple[Share, Share]
    ways: list[tuple[str | Promise, str | Promise, int]]
    flips: list[Flip]


@dataclass(frozen=True, slots=True)
class ShownTarget:
    """A target, whether it is kept, and the share that kept it."""

    found: Reached
    words: str | Promise
    tone: str
    share: Share

    @property
    def aim(self) -> float:
        return float(self.found.target.percent) / 100


def shown_answer(answer: Answer) -> ShownAnswer:
    """The answer in words; the most frequent ways first."""
    ways = Counter((before, after) for _clock, before, after in answer.flips)
    sides = Share(answer.as_is, _("As it is")), Share(answer.as_if, _("As it would be"))
    return ShownAnswer(
        answer,
        sides,
        [(OUTCOMES[a][0], OUTCOMES[b][0], count) for (a, b), count in ways.most_common()],
        [Flip(clock, OUTCOMES[a], OUTCOMES[b]) for clock, a, b in answer.flips[:FLIPS]],
    )


def shown_targets(found: Iterable[Reached]) -> list[ShownTarget]:
    """Targets with their shares."""
    return [ShownTarget(one, *ATTAINED[one.attained], Share(one.counts, "")) for one in found]
