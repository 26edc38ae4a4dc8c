"""What customers said of the service, where a source delivers it (客户评价)."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import (
    Answer,
    Counter,
    Floats,
    Params,
    Table,
    mean_of,
    within,
)
from lingzhi.core.controls import Param
from lingzhi.core.measures import Measure

key = Param("key", _("entry of the further data"), "text")


def ratings(params: Params, table: Table) -> Floats:
    """The rating of each contact; NaN where nobody rated or what is there is no number."""
    found = [rating_of(meta, params["key"]) for meta in table.columns["meta"]]
    return np.array(found, np.float64)


def rating_of(meta: Mapping[str, Any] | None, key: str) -> float:
    """The rating in the further data of a contact; NaN where there is none."""
    value = (meta or {}).get(key)
    try:
        return float("nan") if isinstance(value, bool) or value is None else float(value)
    except (TypeError, ValueError):
        return float("nan")


def satisfied(params: Params, table: Table) -> Answer:
    """Ratings of at least the limit."""
    everybody = np.ones(len(table), bool)
    return within(everybody, -ratings(params, table), -params["at_least"])


def rating(params: Params, table: Table) -> Answer:
    """The mean of the ratings."""
    return mean_of(np.ones(len(table), bool), ratings(params, table))


_SATISFIED = Counter(satisfied, ("meta",))
_RATING = Counter(rating, ("meta",))

MEASURES = [
    Measure(
        code="contacts.satisfied",
        label=_("Satisfied customers"),
        numerator=_("satisfied ratings"),
        denominator=_("ratings received"),
        shape="share",
        unit="percent",
        cells=_SATISFIED.cells,
        rows=_SATISFIED.rows,
        params=(
            key,
            Param("at_least", _("satisfied from"), "number", unit="points", is_figure=True),
        ),
    ),
    Measure(
        code="contacts.rating",
        label=_("Mean rating"),
        numerator=_("sum of ratings"),
        denominator=_("ratings received"),
        shape="mean",
        unit="points",
        cells=_RATING.cells,
        rows=_RATING.rows,
        params=(key,),
    ),
]
