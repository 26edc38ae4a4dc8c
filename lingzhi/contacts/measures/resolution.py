"""Solved at the first contact (一次解决), by the adopter's own way of counting.

Nobody defines it for all: the agent's mark, the customer's word, or that nobody had to ask again.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import (
    Answer,
    Bools,
    Counter,
    Params,
    Table,
    midnight,
    share_of,
)
from lingzhi.contacts.measures.voice import OFFERED, answered
from lingzhi.contacts.queries import published
from lingzhi.core.clock import now
from lingzhi.core.controls import Param
from lingzhi.core.measures import Measure

SUBJECT = "reason"  # the entry of the further data that says what a contact is about
LONGEST_DAYS = 7
YES = {"yes", "true", "1", "y", "是", "已解决", "解决"}
NO = {"no", "false", "0", "n", "否", "未解决"}
Key = tuple[Any, ...]

transfers = Param("transfers", _("transferred contacts"), "choice", choices=lambda: (
    ("in", _("are judged like others")),
    ("unsolved", _("count as not solved")),
    ("out", _("do not count")),
))  # fmt: skip
abandons = Param("abandons", _("abandoned calls"), "choice", choices=lambda: (
    ("in", _("count as not solved")), ("out", _("do not count")),
))  # fmt: skip


def inbound(_params: Params) -> Q:
    """What customers began."""
    return Q(direction="in")


def _answer(params: Params, table: Table, among: Bools, solved: Bools, unknown: Bools) -> Answer:
    """Apply what the definition says about abandoned and transferred contacts."""
    given_up = _given_up(table)
    moved = np.array([bool(number) for number in table.columns["transfers"]], bool)
    untold = ~table.known("transfers")
    if params["abandons"] == "out":
        among = among & ~given_up
    else:
        solved, unknown = solved & ~given_up, unknown & ~given_up
    if params["transfers"] == "out":
        among, unknown = among & ~moved, unknown | untold
    elif params["transfers"] == "unsolved":
        solved, unknown = solved & ~moved, unknown & ~moved | untold
    return share_of(among, solved, unknown)


def _given_up(table: Table) -> Bools:
    taken, unknown = answered(table)
    spoken = np.array(table.columns["channel__is_voice"], bool)
    given_up: Bools = spoken & ~taken & ~unknown
    return given_up


def marked_solved(params: Params, table: Table) -> Answer:
    """The outcome the agent noted is one of the words that mean solved."""
    words = {str(word).strip().lower() for word in params["solved"]}
    noted = [outcome.strip().lower() for outcome in table.columns["outcome"]]
    return _answer(
        params,
        table,
        np.ones(len(table), bool),
        np.array([word in words for word in noted], bool),
        np.array([not word for word in noted], bool),
    )


def confirmed_solved(params: Params, table: Table) -> Answer:
    """The customer said so, in an entry of the further data."""
    said = [str((meta or {}).get(params["key"], "")).lower() for meta in table.columns["meta"]]
    return _answer(
        params,
        table,
        np.ones(len(table), bool),
        np.array([word in YES for word in said], bool),
        np.array([word not in YES and word not in NO for word in said], bool),
    )


def not_repeated(params: Params, table: Table) -> Answer:
    """First contacts after which the customer did not have to come again within the window.

    A contact that comes within the window of an earlier one is itself the repeat and no first
    contact. As long as the window is not over, or when the customer is not known, nobody knows.
    """
    window = timedelta(hours=params["hours"])
    keys = _keys(params, table)
    moments = _moments(params, table)
    starts: list[datetime] = table.columns["started_at"]
    first, repeated = np.ones(len(table), bool), np.zeros(len(table), bool)
    for at, (key, start) in enumerate(zip(keys, starts, strict=True)):
        times = moments.get(key, []) if key is not None else []
        before, after = bisect_left(times, start), bisect_right(times, start)
        first[at] = before == 0 or times[before - 1] < start - window
        repeated[at] = after < len(times) and times[after] <= start + window
    open_until = _newest() - window
    untold = np.array([key is None for key in keys], bool)
    waiting = np.array([start > open_until for start in starts], bool)
    return _answer(params, table, first, ~repeated, untold | (waiting & ~repeated))


def _newest() -> datetime:
    """How far the contacts reach: behind it nobody knows whether a customer came again."""
    newest: datetime | None = published().aggregate(newest=Max("started_at"))["newest"]
    return min(now(), newest) if newest else now()


def _keys(params: Params, table: Table) -> list[Key | None]:
    columns = (table.columns[name] for name in ("customer_id", "meta"))
    channels = [place[2] for place in table.places]
    return [_key(params, *values) for values in zip(*columns, channels, strict=True)]


def _key(params: Params, customer: int | None, meta: Any, channel: str) -> Key | None:
    """What makes two contacts the same matter; None where that cannot be told."""
    if customer is None:
        return None
    key: Key = (customer,)
    if params["channels"] == "same":
        key += (channel,)
    if params["subject"] == "same":
        subject = (meta or {}).get(SUBJECT)
        if not subject:
            return None
        key += (str(subject),)
    return key


def _moments(params: Params, table: Table) -> dict[Key, list[datetime]]:
    """When each matter was brought up, in and around the days of the table."""
    if not table.days:
        return {}
    around = timedelta(days=LONGEST_DAYS + 1)
    rows = published().filter(
        direction="in",
        customer__isnull=False,
        started_at__gte=midnight(min(table.days)) - around,
        started_at__lt=midnight(max(table.days)) + timedelta(days=1) + around,
    )
    found: dict[Key, list[datetime]] = defaultdict(list)
    ordered = rows.order_by("started_at").values_list(
        "customer_id", "meta", "channel__code", "started_at"
    )
    for *values, start in ordered.iterator(chunk_size=5000):
        key = _key(params, *values)
        if key is not None and start is not None:
            found[key].append(start)
    return found


JUDGED = (*OFFERED, "transfers", "channel__is_voice")
FIRST_CONTACTS = _("first contacts of a matter")


def _measure(
    count: Callable[[Params, Table], Answer],
    label: Any,
    denominator: Any,
    columns: tuple[str, ...],
    *params: Param,
    spread: int = 0,
) -> Measure:
    counter = Counter(count, (*JUDGED, *columns), inbound)
    return Measure(
        code=f"contacts.{count.__name__}",
        label=label,
        numerator=_("contacts solved at once"),
        denominator=denominator,
        shape="share",
        unit="percent",
        cells=counter.cells,
        rows=counter.rows,
        params=(*params, transfers, abandons),
        spread=spread,
    )


MEASURES = [
    _measure(
        not_repeated,
        _("No further contact"),
        FIRST_CONTACTS,
        ("started_at", "customer_id", "meta"),
        Param("hours", _("window"), "integer", unit="hours", is_figure=True, low=1, high=168),
        Param("subject", _("subject"), "choice", choices=lambda: (
            ("same", _("the same subject")), ("any", _("any subject")),
        )),
        Param("channels", _("channels"), "choice", choices=lambda: (
            ("across", _("across channels")), ("same", _("the same channel")),
        )),
        spread=LONGEST_DAYS + 1,
    ),
    _measure(
        marked_solved,
        _("Marked as solved"),
        _("inbound contacts with an outcome"),
        ("outcome",),
        Param("solved", _("outcomes that mean solved"), "words"),
    ),
    _measure(
        confirmed_solved,
        _("Confirmed by the customer"),
        _("inbound contacts with the customer's word"),
        ("meta",),
        Param("key", _("entry of the further data"), "text"),
    ),
]  # fmt: skip
