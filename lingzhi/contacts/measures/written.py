"""Written channels: how fast the first reply of a person comes (首次响应)."""

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.channels import channel_choices
from lingzhi.contacts.counting import (
    Answer,
    Bools,
    Counter,
    Floats,
    Params,
    Table,
    mean_of,
    share_of,
)
from lingzhi.contacts.models import Turn
from lingzhi.core.controls import Param
from lingzhi.core.measures import Measure

CUSTOMER, AGENT = Turn.Speaker.CUSTOMER, Turn.Speaker.AGENT
channels = Param("channels", _("channels"), "words", choices=channel_choices)


def written(params: Params) -> Q:
    """Inbound contacts of the channels named, or of all that are not spoken."""
    named = params.get("channels")
    where = Q(channel__code__in=named) if named else Q(channel__is_voice=False)
    return where & Q(direction="in")


def first_replies(table: Table) -> tuple[Bools, Bools, Floats]:
    """For each contact: whether a customer spoke, whether an agent replied, after how many seconds.

    NaN where one of the two times is not known or nobody replied.
    """
    asked: dict[int, int | None] = {}
    replied: dict[int, float] = {}
    turns = Turn.objects.filter(contact__in=table.rows.order_by(), role__in=(CUSTOMER, AGENT))
    ordered = turns.order_by("contact_id", "seq").values_list("contact_id", "role", "start_ms")
    for contact, role, start in ordered.iterator(chunk_size=5000):
        if role == CUSTOMER:
            asked.setdefault(contact, start)
        elif contact in asked and contact not in replied:
            replied[contact] = _seconds(asked[contact], start)
    return (
        np.array([key in asked for key in table.ids], bool),
        np.array([key in replied for key in table.ids], bool),
        np.array([replied.get(key, np.nan) for key in table.ids], np.float64),
    )


def _seconds(asked: int | None, replied: int | None) -> float:
    known = asked is not None and replied is not None
    return max(0, replied - asked) / 1000 if known else float("nan")  # type: ignore[operator]


def response_seconds(_params: Params, table: Table) -> Answer:
    """Seconds to the first reply of the conversations that got one."""
    asked, replied, seconds = first_replies(table)
    return mean_of(asked & replied, seconds)


def responded_within(params: Params, table: Table) -> Answer:
    """Conversations whose first reply came within the limit; none at all is not in time."""
    asked, replied, seconds = first_replies(table)
    return share_of(asked, seconds <= params["limit"], replied & np.isnan(seconds))


_MEAN = Counter(response_seconds, (), written)
_SHARE = Counter(responded_within, (), written)

MEASURES = [
    Measure(
        code="contacts.response_seconds",
        label=_("Time to the first reply"),
        numerator=_("seconds to the first reply"),
        denominator=_("conversations that got a reply"),
        shape="mean",
        unit="seconds",
        cells=_MEAN.cells,
        rows=_MEAN.rows,
        params=(channels,),
    ),
    Measure(
        code="contacts.responded_within",
        label=_("First reply within"),
        numerator=_("conversations replied to within the limit"),
        denominator=_("conversations in which a customer wrote"),
        shape="share",
        unit="percent",
        cells=_SHARE.cells,
        rows=_SHARE.rows,
        params=(
            Param("limit", _("limit"), "number", unit="seconds", is_figure=True, low=0),
            channels,
        ),
    ),
]
