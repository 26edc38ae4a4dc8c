"""Answers counted, one word a person: satisfied (满意率), how satisfied (满意度), NPS, effort."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.core.controls import Param
from lingzhi.core.measures import Cell, Measure, Place, Row
from lingzhi.surveys.measures.params import DIMENSION, MODE, OCCASION, Params, wanted
from lingzhi.surveys.models import Answering, Mode
from lingzhi.surveys.queries.words import OVERALL, Word, effort, recommending, words

Words = Callable[[QuerySet[Answering], Params], Iterator[Word]]


def _measure(
    code: str, said: tuple[Any, Any, Any], kind: tuple[str, str], *params: Param,
    words_of: Words, worth: Callable[[Word], float],
) -> Measure:  # fmt: skip
    def cells(given: Params, first: date, last: date) -> Iterator[Cell]:
        zone = get_default_timezone()
        sums: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for one in words_of(wanted(given, first, last).answerings(), given):
            key = (one.at.astimezone(zone).date(), one.unit_id, one.agent_id, one.channel)
            sums[key][0] += worth(one)
            sums[key][1] += 1
        for key, (above, below) in sums.items():
            yield Cell(*key, above, below)

    def rows(given: Params, place: Place, first: date, last: date) -> list[Row]:
        found = words_of(wanted(given, first, last, place).answerings(), given)
        return [
            Row(str(Mode(one.mode).label), reverse("surveys:answering", args=[one.answering_id]),
                one.at, worth(one), 1.0)
            for one in sorted(found, key=lambda one: one.at, reverse=True)
        ]  # fmt: skip

    return Measure(f"surveys.{code}", *said, *kind, cells, rows, (*params, MODE, OCCASION))


def _about(answerings: QuerySet[Answering], params: Params) -> Iterator[Word]:
    return words(answerings, str(params.get("dimension") or OVERALL))


MEASURES = [
    _measure(
        "satisfied", (_("Satisfied customers"), _("satisfied"), _("who answered")),
        ("share", "percent"), DIMENSION,
        words_of=_about, worth=lambda one: float(one.is_satisfied),
    ),
    _measure(
        "satisfaction",
        (_("Degree of satisfaction"), _("points out of a hundred"), _("who answered")),
        ("mean", "points"), DIMENSION,
        words_of=_about, worth=lambda one: 100 * one.place,
    ),
    _measure(
        "net_promoters",
        (_("Net promoters"), _("promoters less detractors, times 100"), _("who answered")),
        ("mean", "points"),
        words_of=lambda rows, _params: recommending(rows), worth=lambda one: 100.0 * one.promotes,
    ),
    _measure(
        "effort", (_("Ease for the customer"), _("points out of a hundred"), _("who answered")),
        ("mean", "points"),
        words_of=lambda rows, _params: effort(rows), worth=lambda one: 100 * one.place,
    ),
]  # fmt: skip
