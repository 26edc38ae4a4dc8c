"""The section about inspection in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ShownShare:
    """A share with its interval, of how many; `is_enough` where it may be taken for a statement."""

    name: str
    ratio: float | None
    low: float
    high: float
    n: int
    is_enough: bool


@dataclass(frozen=True, slots=True)
class ShownInspection:
    """Indicators of inspection, the defect rate from both sources, the items that fail most."""

    figures: list[Any]
    rates: list[ShownShare]
    items: list[ShownShare]


def shown_inspection(facts: Mapping[str, Any], figures: list[Any]) -> ShownInspection:
    """The stored facts; `figures` are its indicators as the report shows indicators."""
    names = {
        "rules": _("Rules alone"), "people": _("People alone"), "corrected": _("Corrected"),
    }  # fmt: skip
    rates = [
        ShownShare(
            names[one["source"]], one["value"], one["low"] or 0.0, one["high"] or 0.0, one["n"],
            one["enough"] and one["value"] is not None,
        )
        for one in facts["rates"]
    ]  # fmt: skip
    items = [
        ShownShare(
            one["title"], one["failed"] / one["judged"], one["low"], one["high"], one["judged"],
            True,
        )
        for one in facts["items"]
    ]  # fmt: skip
    return ShownInspection(figures, rates, items)
