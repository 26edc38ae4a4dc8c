"""Invitations counted: asked of those due (邀评率), answered of those asked (参评率)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.core.controls import Param
from lingzhi.core.measures import Cell, Measure, Place, Row
from lingzhi.surveys.measures.params import MODE, OCCASION, Params, wanted
from lingzhi.surveys.models import Invitation
from lingzhi.surveys.queries.invited import ASKABLE, ASKED, DECIDED, answered, is_over

DUE = Param(
    "due", _("who is due"), "choice",
    choices=lambda: [
        ("askable", _("without those whom the rules spare")), ("every", _("every service")),
    ],
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Which invitations are looked at, which of them are known, and which count."""

    among: Q
    known: Q
    hits: Q


def _asked(params: Params) -> _Numbers:
    every = params.get("due") == "every"
    return _Numbers(Q() if every else ASKABLE, DECIDED, ASKED)


def _answered(_params: Params) -> _Numbers:
    return _Numbers(ASKED, is_over(), is_over() & Q(answered()))


class _Rows(Sequence[Row]):
    """The invitations behind a figure, read as they are shown."""

    def __init__(self, rows: QuerySet[Invitation], numbers: _Numbers) -> None:
        self.rows, self.numbers = rows.select_related("rule", "plan"), numbers

    def __len__(self) -> int:
        return self.rows.count()

    def __getitem__(self, at: Any) -> Any:
        page = list(self.rows[at]) if isinstance(at, slice) else [self.rows[at]]
        hits = Invitation.objects.filter(self.numbers.hits, pk__in=[one.pk for one in page])
        counted = set(hits.values_list("pk", flat=True))
        found = [
            Row(
                f"{one.get_mode_display()} · {one.rule or one.plan}",
                _matter(one), one.served_at,
                float(one.pk in counted), 1.0,
            )
            for one in page
        ]  # fmt: skip
        return found if isinstance(at, slice) else found[0]


def _matter(one: Invitation) -> str:
    """Where what was to be judged can be read."""
    if one.case_id:
        return reverse("cases:case", args=[one.case_id])
    if one.contact_id:
        return reverse("contacts:detail", args=[one.contact_id])
    return reverse("surveys:result_answers")


def _measure(code: str, words: tuple[Any, Any, Any], numbers: Any, *params: Param) -> Measure:
    def found(given: Params, first: date, last: date, place: Place | None) -> Any:
        return wanted(given, first, last, place).invitations().filter(numbers(given).among)

    def cells(given: Params, first: date, last: date) -> Iterator[Cell]:
        counting = numbers(given)
        day = TruncDate("served_at", tzinfo=get_default_timezone())
        channel = Coalesce("contact__channel__code", "case__channel__code")
        rows = found(given, first, last, None).order_by().annotate(day=day, on=channel)
        sums = {
            "all": Count("pk"),
            "of": Count("pk", filter=counting.known),
            "hit": Count("pk", filter=counting.hits),
        }
        for one in rows.values("day", "unit_id", "agent_id", "on").annotate(**sums):
            yield Cell(
                one["day"], one["unit_id"], one["agent_id"], one["on"] or "",
                float(one["hit"]), float(one["of"]), one["all"] - one["of"],
            )  # fmt: skip

    def rows(given: Params, place: Place, first: date, last: date) -> _Rows:
        counting = numbers(given)
        known = found(given, first, last, place).filter(counting.known)
        return _Rows(known.order_by("-served_at", "-pk"), counting)

    return Measure(
        f"surveys.{code}", *words, "share", "percent", cells, rows, (*params, MODE, OCCASION)
    )


MEASURES = [
    _measure(
        "invited", (_("Invited to judge"), _("invited"), _("services due to be judged")),
        _asked, DUE,
    ),
    _measure(
        "answered", (_("Invited who answered"), _("answered"), _("invited, their time over")),
        _answered,
    ),
]  # fmt: skip
