"""What a pilot changed, in words for who decides on it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.conformity.queries.pilot_effects import PilotEffect
from lingzhi.kpis.presenting.before_after import ShownBeforeAfter, shown_before_after

ADVICE: dict[str, tuple[str | Promise, str]] = {
    "for": (_("The figures speak for extending it: something got better, nothing worse."), "good"),
    "against": (_("The figures speak against extending it: something got worse."), "bad"),
    "open": (_("No sure change: the figures speak neither for it nor against it."), "plain"),
    "few": (_("Too few cases: the figures say nothing yet."), "unknown"),
    "early": (_("Too early: figures are compared once it has run for two weeks."), "unknown"),
}


@dataclass(frozen=True, slots=True)
class ShownPilotEffect:
    """The recommendation, and the lines it follows from."""

    found: PilotEffect
    lines: Sequence[ShownBeforeAfter]
    advice: str | Promise
    tone: str


def shown_pilot_effect(found: PilotEffect) -> ShownPilotEffect:
    words, tone = ADVICE[found.advice]
    return ShownPilotEffect(found, [shown_before_after(one) for one in found.rows], words, tone)
