"""Completeness of records (信息记录完整率): closed cases in which nothing usual is lacking."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.measures.counted import Counted, Params
from lingzhi.cases.models import Case
from lingzhi.cases.queries.completeness import whole
from lingzhi.cases.queries.record_fields import USUAL
from lingzhi.core.measures import Measure


def _closed(_params: Params) -> QuerySet[Case]:
    return Case.objects.filter(kind=Case.Kind.CLOSED, imported=None)


_COUNTED = Counted(_closed, "closed_at", hit=whole(USUAL))
MEASURES = [
    Measure(
        code="cases.records_complete", label=_("Complete records of cases"),
        numerator=_("closed cases with a complete record"), denominator=_("cases closed"),
        shape="share", unit="percent", cells=_COUNTED.cells, rows=_COUNTED.behind, params=(),
    )
]  # fmt: skip
