"""What single items of score sheets say: the house names the items that feed an indicator."""

from collections import defaultdict

import numpy as np
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import Answer, Counter, Params, Table, mean_of
from lingzhi.core.controls import Param
from lingzhi.core.measures import Measure
from lingzhi.inspections.measures.scores import Said, flags, released, said_of
from lingzhi.inspections.models import ReviewItem
from lingzhi.inspections.queries.items import places_of_items


def _given(params: Params, table: Table) -> QuerySet[ReviewItem]:
    """The answers to the chosen items, in released scores; what did not apply says nothing."""
    chosen: dict[str, list[str]] = defaultdict(list)
    for place in params["items"]:
        sheet, _colon, item = place.partition(":")
        chosen[sheet].append(item)
    wanted = Q(pk__in=[])
    for sheet, items in chosen.items():
        wanted |= Q(review__version__sheet__code=sheet, item__in=items)
    rows = ReviewItem.objects.filter(wanted, review__in=released(table).order_by(), is_na=False)
    return rows.order_by()


def _met(params: Params, table: Table) -> Answer:
    """Without a failed item; where none failed and one is not known, it is not known."""
    found: dict[int, Said] = {}
    for key, is_failed in _given(params, table).values_list("review__contact_id", "is_failed"):
        before = found.get(key, True)
        is_met = None if is_failed is None else not is_failed
        found[key] = False if False in (before, is_met) else None if is_met is None else before
    return said_of(table, found)


def _points(params: Params, table: Table) -> Answer:
    """What the items earned of what they could, each conversation as points of a hundred."""
    sums: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    rows = _given(params, table).filter(most__gt=0)
    for key, earned, most in rows.values_list("review__contact_id", "earned", "most"):
        sums[key][0] += float(earned)
        sums[key][1] += float(most)
    values = [100 * sums[key][0] / sums[key][1] if key in sums else np.nan for key in table.ids]
    return mean_of(flags(table, set(sums)), np.array(values, np.float64))


_ITEMS = (Param("items", _("items of score sheets"), "words", choices=places_of_items),)
_MET, _POINTS = Counter(_met), Counter(_points)
MEASURES = [
    Measure(
        code="inspections.items_met", label=_("Items met"),
        numerator=_("without a failed item of these"), denominator=_("scored by these items"),
        shape="share", unit="percent", cells=_MET.cells, rows=_MET.rows, params=_ITEMS,
    ),
    Measure(
        code="inspections.items_points", label=_("Points of items"),
        numerator=_("sum of points of a hundred"), denominator=_("scored by these items"),
        shape="mean", unit="points", cells=_POINTS.cells, rows=_POINTS.rows, params=_ITEMS,
    ),
]  # fmt: skip
