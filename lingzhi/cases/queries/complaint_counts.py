"""Complaints counted for decisions (投诉分类统计): by cause, product, unit, person, state."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import Blame, Case, Cause, Complaint, Grade
from lingzhi.core.clock import midnight
from lingzhi.core.languages import in_language

Names = Callable[[list[object]], dict[object, str]]
MOST = 50  # lines of a table


@dataclass(frozen=True, slots=True)
class Line:
    """One value with its numbers."""

    name: str
    number: int
    upheld: int
    decided: int
    at_fault: int
    late: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """By what complaints are counted: the column, and how its values are called."""

    title: str | Promise
    column: str
    name: Names = lambda values: {}


def _causes(values: list[object]) -> dict[object, str]:
    rows = Cause.objects.filter(pk__in=[one for one in values if one])
    return {one.pk: in_language(one.title) for one in rows}


def _labels(choices: Sequence[tuple[str, str | Promise]]) -> Names:
    return lambda _values: {code: str(words) for code, words in choices}


DIMENSIONS = {
    "cause": Dimension(_("Cause"), "cause", _causes),
    "quality": Dimension(_("Quality or not"), "cause__kind", _labels(Cause.Kind.choices)),
    "product": Dimension(_("Product or service"), "goods__product"),
    "unit": Dimension(_("Unit concerned"), "accused_unit__name"),
    "person": Dimension(_("Person concerned"), "accused__name"),
    "state": Dimension(_("State"), "case__kind", _labels(Case.Kind.choices)),
    "grade": Dimension(_("Severity grade"), "grade", _labels(Grade.choices)),
    "source": Dimension(_("Where it comes from"), "source", _labels(Complaint.Source.choices)),
}


def counted(rows: QuerySet[Complaint], by: str, first: date, last: date) -> list[Line]:
    """Complaints registered on these days, by one dimension, the most frequent first."""
    dimension = DIMENSIONS[by]
    fault = Blame.objects.filter(complaint=OuterRef("pk"), is_at_fault=True)
    rows = rows.filter(
        case__opened_at__gte=midnight(first), case__opened_at__lt=midnight(last + timedelta(days=1))
    )
    found = list(
        rows.select_related(None).annotate(has_fault=Exists(fault)).order_by()
        .values_list(dimension.column).annotate(
            number=Count("pk", distinct=True),
            upheld=Count("pk", distinct=True, filter=Q(finding__in=("upheld", "partly"))),
            decided=Count("pk", distinct=True, filter=~Q(finding="")),
            at_fault=Count("pk", distinct=True, filter=Q(has_fault=True)),
            late=Count("pk", distinct=True, filter=Q(case__is_late=True)),
        ).order_by("-number")[:MOST]
    )  # fmt: skip
    names = dimension.name([value for value, *_numbers in found])
    return [Line(names.get(value) or str(value or ""), *numbers) for value, *numbers in found]
