"""How often customers have to call again about the same matter."""

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.queries.repeats import repeats_among
from lingzhi.contacts.counting import Answer, Counter, Params, Table, share_of
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import ANSWERED
from lingzhi.core.controls import Param
from lingzhi.core.measures import Measure


def _again(params: Params, table: Table) -> Answer:
    found = repeats_among(table.rows.order_by(), int(params["days"]))
    repeats = set(found.values_list("pk", flat=True))
    hits = np.array([key in repeats for key in table.ids], bool)
    return share_of(np.ones(len(table), bool), hits, ~table.known("customer_id"))


_REPEATS = Counter(
    _again, ("customer_id",), lambda _params: ANSWERED & Q(direction=Contact.Direction.IN)
)
MEASURES = [
    Measure(
        "cases.repeat_calls", _("Repeat calls"), _("called again about the same matter"),
        _("inbound conversations"), "share", "percent", _REPEATS.cells, _REPEATS.rows,
        (Param("days", _("within so many days"), "number", is_figure=True),),
    ),
]  # fmt: skip
