"""Conversations, or checks, that kept the rules."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import Cases, Params, contacts_of
from lingzhi.core.controls import Param
from lingzhi.core.measures import Cell, Measure, Place
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.queries import Verdicts, rule_titles, verdicts_of_their_day
from lingzhi.inspections.queries.results import of_conversations
from lingzhi.inspections.queries.verdicts import HIT, MISS, UNKNOWN, Letters
from lingzhi.inspections.wording.dimensions import DIMENSIONS, dimension_in_words

KEYS = (
    "contact_id",
    "contact__started_at",
    "contact__unit_id",
    "contact__agent_id",
    "contact__channel__code",
)


def _verdicts(params: Params, place: Place, first: date, last: date) -> Verdicts:
    dimensions, rules = params.get("dimensions"), params.get("rules")

    def wanted(version: RuleVersion) -> bool:
        return version.kind == RuleVersion.Kind.VIOLATION and (
            version.rule.code in rules if rules else version.dimension in (dimensions or ())
        )

    return verdicts_of_their_day(contacts_of(place, first, last), KEYS, wanted)


def _counts(params: Params, letters: Letters) -> tuple[Any, Any, Any]:
    """For each conversation: what was kept, what was judged, what could not be."""
    if params["per"] == "conversation":
        letters = of_conversations(letters)[:, np.newaxis]
    kept = (letters == MISS).sum(axis=1)
    judged = kept + (letters == HIT).sum(axis=1)
    return kept, judged, (letters == UNKNOWN).sum(axis=1)


def cells(params: Params, first: date, last: date) -> Iterator[Cell]:
    """The sums by day, team, agent and channel."""
    zone = timezone.get_default_timezone()
    verdicts = _verdicts(params, Place(), first, last)
    counts = np.column_stack(_counts(params, verdicts.letters)).tolist()
    sums: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    columns = [verdicts.keys[name] for name in KEYS[1:]]
    for (start, *place), numbers in zip(zip(*columns, strict=True), counts, strict=True):
        if any(numbers):
            cell = sums[(start.astimezone(zone).date(), *place)]
            for at, number in enumerate(numbers):
                cell[at] += number
    for (day, unit, agent, channel), (kept, judged, unknown) in sums.items():
        yield Cell(day, unit, agent, channel, kept, judged, unknown)


def rows(params: Params, place: Place, first: date, last: date) -> Cases:
    """The conversations behind, newest first."""
    verdicts = _verdicts(params, place, first, last)
    kept, judged, unknown = _counts(params, verdicts.letters)
    found = [
        (start, key, above, below)
        for key, start, above, below, unsure in zip(
            verdicts.keys["contact_id"],
            verdicts.keys["contact__started_at"],
            kept.tolist(),
            judged.tolist(),
            unknown.tolist(),
            strict=True,
        )
        if below or unsure
    ]
    found.sort(reverse=True)
    return Cases(
        [key for _start, key, _above, _below in found],
        [float(above) for _start, _key, above, _below in found],
        [float(below) for _start, _key, _above, below in found],
    )


def _dimensions() -> Iterable[tuple[str, Any]]:
    """The dimensions of the program and those of the house, whether a rule judges them or not."""
    own = RuleVersion.objects.order_by().values_list("dimension", flat=True).distinct()
    return [(one, dimension_in_words(one)) for one in dict.fromkeys([*DIMENSIONS, *sorted(own)])]


def _rules() -> Iterable[tuple[str, str]]:
    return rule_titles().items()


MEASURES = [
    Measure(
        code="inspections.kept",
        label=_("Rules kept"),
        numerator=_("without a breach of these rules"),
        denominator=_("judged"),
        shape="share",
        unit="percent",
        cells=cells,
        rows=rows,
        params=(
            Param("dimensions", _("dimensions"), "words", is_required=False, choices=_dimensions),
            Param("rules", _("only these rules"), "words", is_required=False, choices=_rules),
            Param("per", _("counted by"), "choice", choices=lambda: (
                ("conversation", _("conversation")), ("check", _("check")),
            )),
        ),
    )
]  # fmt: skip
