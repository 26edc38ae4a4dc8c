"""The board of follow-ups: each rate with its interval, each sign with its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.queries.follow_up_figures import Figures
from lingzhi.cases.queries.signs import Found, Sign
from lingzhi_engine.stats import TOO_FEW, Rate

WORDS = {
    Sign.NO_CALL: _("No outbound call in the phone records near this time"),
    Sign.TOO_QUICK: _("Too quick for the questions answered"),
    Sign.TWO_AT_ONCE: _("In two conversations at the same time"),
    Sign.ALIKE: _("The same answers and words as in others"),
    Sign.SAME_MINUTE: _("Several ended in the same minute"),
}


@dataclass(frozen=True, slots=True)
class ShownRate:
    """A share with its counts and, where there are enough, its interval."""

    label: str
    value: float | None
    low: float | None
    high: float | None
    above: int
    n: int
    minimum: int = TOO_FEW


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """A line of the board."""

    name: str
    rates: tuple[ShownRate, ...]


@dataclass(frozen=True, slots=True)
class ShownSign:
    """A sign: what it is, what was counted, and where."""

    found: Found
    words: str
    evidence: str


def shown_figures(rows: Iterable[Figures]) -> list[ShownFigures]:
    """The lines of the board."""
    return [
        ShownFigures(
            one.name or gettext("nobody known"),
            (
                _rate(gettext("Follow-up coverage"), one.coverage),
                _rate(gettext("In time"), one.in_time),
                _rate(gettext("Reached"), one.reach),
                _rate(gettext("Satisfied"), one.satisfied),
            ),
        )
        for one in rows
    ]  # fmt: skip


def _rate(label: str, rate: Rate) -> ShownRate:
    span = rate.interval() if rate.is_enough() else None
    return ShownRate(
        label, rate.ratio, span.low if span else None, span.high if span else None,
        rate.numerator, rate.denominator,
    )  # fmt: skip


def shown_signs(rows: Iterable[Found]) -> list[ShownSign]:
    """Signs in words."""
    return [ShownSign(one, str(WORDS[one.sign]), _evidence(one)) for one in rows]


def _evidence(one: Found) -> str:
    if one.sign is Sign.TOO_QUICK:
        return gettext("%(seconds)s s for %(answers)s answers") % {
            "seconds": one.number, "answers": len(one.attempt.follow_up.answers),
        }  # fmt: skip
    if one.number:
        return gettext("%(number)s conversations") % {"number": one.number}
    return ""
