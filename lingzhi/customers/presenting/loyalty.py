"""Shares of loyalty with their counts, intervals and what they mean."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from lingzhi.customers.queries.loyalty import Loyalty
from lingzhi_engine.stats import TOO_FEW, Rate


@dataclass(frozen=True, slots=True)
class Figure:
    """One tile: a share, its interval, its counts in words."""

    label: str
    meaning: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    counts: str
    minimum: int = TOO_FEW


def shown_loyalty(found: Loyalty) -> list[Figure]:
    """The three shares, in the order of the page."""
    return [
        _figure(
            found.repurchased, _("Repurchase"),
            _("Of those to whom something was delivered, who had had something before."),
        ),
        _figure(
            found.lost, _("Churn"),
            _("Of the customers of the period before, who is none in this one."),
        ),
        _figure(
            found.loyal, _("Loyalty"),
            _("Of the customers two periods ago, who stayed one in both since."),
        ),
    ]  # fmt: skip


def _figure(rate: Rate, label: str, meaning: str) -> Figure:
    interval = rate.interval() if rate.denominator else None
    counts = _("%(some)d of %(all)d") % {"some": rate.numerator, "all": rate.denominator}
    return Figure(
        label=label,
        meaning=meaning,
        value=rate.ratio,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        n=rate.denominator,
        counts=counts,
    )
