"""What people's scores say, on the day of the conversation: only scores that are released.

Second scores and gold tasks are about inspectors and stay out.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import Answer, Bools, Counter, Params, Table, mean_of, share_of
from lingzhi.core.controls import Param
from lingzhi.core.measures import Measure
from lingzhi.inspections.models import Appeal, Inspection, Review, ReviewChange, ReviewItem

State = Review.State
FAMILIES = ("customer", "business", "compliance")
Said = bool | None


def given(table: Table) -> QuerySet[Review]:
    """The scores of these contacts that were given; not those about the inspectors."""
    rows = Review.objects.filter(contact__in=table.rows.order_by(), counts=True)
    return rows.exclude(state=State.DRAFT).order_by("pk")


def released(table: Table) -> QuerySet[Review]:
    """The scores of these contacts that everybody concerned may see."""
    return given(table).filter(state=State.RELEASED)


def flags(table: Table, found: set[int]) -> Bools:
    """Which contacts of the table are among `found`."""
    return np.array([key in found for key in table.ids], bool)


def said_of(table: Table, found: Mapping[int, Said]) -> Answer:
    """The share of yes among the contacts of which something is said; None is not known."""
    among = flags(table, set(found))
    hits = flags(table, {key for key, said in found.items() if said})
    unknown = flags(table, {key for key, said in found.items() if said is None})
    return share_of(among, hits, unknown)


def _column(name: str) -> Callable[[Params, Table], Answer]:
    def count(params: Params, table: Table) -> Answer:
        return said_of(table, dict(released(table).values_list("contact_id", name)))

    return count


def _score(params: Params, table: Table) -> Answer:
    found = dict(released(table).values_list("contact_id", "value"))
    known = {key: float(value) for key, value in found.items() if value is not None}
    values = np.array([known.get(key, np.nan) for key in table.ids], np.float64)
    return mean_of(flags(table, set(found)), values)


def _errors(params: Params, table: Table) -> Answer:
    kind = params["kind"]
    if kind == "nonfatal":
        failed = ReviewItem.objects.filter(review=OuterRef("pk"), is_failed=True, family="")
        found = released(table).annotate(is_failed=Exists(failed))
        return said_of(table, dict(found.values_list("contact_id", "is_failed")))
    rows = released(table).values_list("contact_id", "is_vetoed", "families")
    return said_of(table, {key: has_error(kind, vetoed, each) for key, vetoed, each in rows})


def has_error(kind: str, is_vetoed: bool, families: Mapping[str, Said]) -> Said:
    """Whether a score has a critical error: of any family or by a veto (fatal), or of one family.

    None where its sheet has no item of the family.
    """
    if kind == "fatal":
        return is_vetoed or any(families.values())
    return families.get(kind)


def _sampled(params: Params, table: Table) -> Answer:
    found = set(given(table).values_list("contact_id", flat=True))
    return share_of(_with_words(table), flags(table, found), np.zeros(len(table), bool))


def _covered(params: Params, table: Table) -> Answer:
    rows = Inspection.objects.filter(contact__in=table.rows.order_by(), is_latest=True)
    found = set(rows.values_list("contact_id", flat=True))
    return share_of(_with_words(table), flags(table, found), np.zeros(len(table), bool))


def _with_words(table: Table) -> Bools:
    return np.array([number > 0 for number in table.columns["turn_count"]], bool)


def _overturned(params: Params, table: Table) -> Answer:
    won = ReviewChange.objects.filter(review=OuterRef("pk"), cause=ReviewChange.Cause.APPEAL)
    rows = released(table).annotate(is_overturned=Exists(won))
    return said_of(table, dict(rows.values_list("contact_id", "is_overturned")))


def _appealed(params: Params, table: Table) -> Answer:
    """An appeal was opened against it; one withdrawn later was opened as well."""
    opened = Appeal.objects.filter(review=OuterRef("pk"))
    rows = released(table).annotate(is_appealed=Exists(opened))
    return said_of(table, dict(rows.values_list("contact_id", "is_appealed")))


def _kinds() -> list[tuple[str, Any]]:
    words = (_("customer"), _("business"), _("compliance"))
    beside = [("fatal", _("fatal")), ("nonfatal", _("non-fatal"))]
    return [*beside, *zip(FAMILIES, words, strict=True)]


def _share(
    code: str, label: Any, numerator: Any, denominator: Any, *, counter: Counter, **more: Any
) -> Measure:
    return Measure(
        code=code, label=label, numerator=numerator, denominator=denominator, shape="share",
        unit="percent", cells=counter.cells, rows=counter.rows, **more,
    )  # fmt: skip


_SCORE = Counter(_score)
_SCORED, _TALKS = _("scores released"), _("conversations")
MEASURES = [
    Measure(
        code="inspections.score", label=_("Score"), numerator=_("sum of scores"),
        denominator=_SCORED, shape="mean", unit="points", cells=_SCORE.cells, rows=_SCORE.rows,
    ),
    _share(
        "inspections.passed", _("Scores passed"), _("passed scores"), _SCORED,
        counter=Counter(_column("is_passed")),
    ),
    _share(
        "inspections.excellent", _("Excellent scores"), _("excellent scores"), _SCORED,
        counter=Counter(_column("is_excellent")),
    ),
    _share(
        "inspections.errors", _("Scores with an error"), _("with such an error"), _SCORED,
        counter=Counter(_errors),
        params=(Param("kind", _("kind of error"), "choice", choices=_kinds),),
    ),
    _share(
        "inspections.sampled", _("Scored by people"), _("scored by people"), _TALKS,
        counter=Counter(_sampled, ("turn_count",)),
    ),
    _share(
        "inspections.covered", _("Inspected automatically"), _("inspected automatically"), _TALKS,
        counter=Counter(_covered, ("turn_count",)),
    ),
    _share(
        "inspections.overturned", _("Scores overturned"), _("changed by an appeal"), _SCORED,
        counter=Counter(_overturned),
    ),
    _share(
        "inspections.appealed", _("Scores appealed against"), _("appealed against"), _SCORED,
        counter=Counter(_appealed),
    ),
]  # fmt: skip
