"""What indicators say of each single contact, for tables of facts: values, not sums."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import Answer, Params, Table, contacts_of, table_of
from lingzhi.contacts.measures import phone, ratings, voice, written
from lingzhi.core.measures import Place
from lingzhi.kpis.dictionary import indicators

CALLS = voice.ENDINGS


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure of the contacts it `concerns`, counted as the `way` of its `indicator` does.

    `shape` and `unit` as of `core.measures.Measure`; `columns` is what `count` reads.
    """

    code: str
    label: str | Promise
    shape: str
    unit: str
    indicator: str
    way: str
    count: Callable[[Params, Table], Answer]
    columns: tuple[str, ...]
    concerns: Callable[[Params], Q]

    def answers(self, day: date) -> Iterator[tuple[int, tuple[float, float, float]]]:
        """The contacts of a day it concerns: what each adds to numerator, denominator, unknown."""
        params = indicators()[self.indicator].variants[self.way].params
        rows = contacts_of(Place(), day, day).filter(self.concerns(params))
        table = table_of(rows, self.columns)
        answer = self.count(params, table)
        parts = (answer.numerator, answer.denominator, answer.unknown)
        for key, *found in zip(table.ids, *(part.tolist() for part in parts), strict=True):
            above, below, unknown = map(float, found)
            yield key, (above, below, unknown)


JUDGED = (
    Judged(
        "connected", _("Connect rate"), "share", "percent",
        "K01", "all", voice.connected, CALLS, voice.calls_in,
    ),
    Judged(
        "abandoned", _("Abandonment rate"), "share", "percent",
        "T01", "offered", phone.abandoned, CALLS, voice.calls_in,
    ),
    Judged(
        "answer", _("Speed of answer"), "mean", "seconds",
        "K02", "ringing", voice.answer_seconds, CALLS, voice.calls_in,
    ),
    Judged(
        "handling", _("Handling time"), "mean", "seconds",
        "K04", "whole", voice.handle_seconds, voice.TIMES, voice.calls,
    ),
    Judged(
        "held", _("Time on hold"), "mean", "seconds",
        "T03", "mean", phone.held, (*CALLS, "hold_seconds"), voice.calls,
    ),
    Judged(
        "transferred", _("Transfer rate"), "share", "percent",
        "T04", "any", phone.transferred, (*CALLS, "transfers"), voice.calls,
    ),
    Judged(
        "reply", _("Response time"), "mean", "seconds",
        "K06", "mean", written.response_seconds, (), written.written,
    ),
    Judged(
        "satisfied", _("Satisfied ratings"), "share", "percent",
        "K12", "share", ratings.satisfied, ("meta",), lambda _params: Q(),
    ),
)  # fmt: skip
