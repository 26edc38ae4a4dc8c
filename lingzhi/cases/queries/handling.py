"""Which conversations kept a limit of handling (当场处理): talk and hold, without later work.

What kind of matter a conversation was about is known from the cases opened from it; one without is
an ordinary matter.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from lingzhi.cases.models import Case
from lingzhi.cases.queries.clauses import (
    ALL,
    BROKEN,
    KEPT,
    UNKNOWN,
    Judged,
    channels_of,
    meant,
)
from lingzhi.contacts.queries import Filters, conversations, published
from lingzhi.core.controls import Binding
from lingzhi.core.units import comparable


def about(case: str) -> Q:
    """The conversations that were about such cases."""
    if case == ALL:
        return Q()
    if case == "normal":
        return ~Q(Exists(_cases("special")))
    return Q(Exists(_cases(case)))


def _cases(case: str) -> QuerySet[Case]:
    """The cases by which a conversation is about such cases; of all and normal ones none."""
    rows = Case.objects.filter(contact=OuterRef("pk"))
    return rows.none() if case in (ALL, "normal") else rows.filter(meant(case))


def handling_judged(binding: Binding, first: date, last: date) -> Iterator[Judged]:
    """Every answered conversation that began on these days; without its times it is unknown."""
    values = binding.values
    limit = comparable(values["limit"], values.get("limit_unit") or "seconds")[0]
    rows = Filters(from_on=first, to_on=last).apply(published())
    rows = conversations(rows).filter(binding.over("unit__path"), about(values["case"]))
    if channels := channels_of(binding):
        rows = rows.filter(channel__code__in=channels)
    rows = rows.annotate(of=Subquery(_cases(values["case"]).values("pk")[:1]))
    times = rows.order_by().values_list(
        "pk", "unit__path", "started_at", "answered_at", "ended_at", "of"
    )
    for pk, path, started, answered, ended, case in times.iterator():
        begin = answered or started
        if begin is None or started is None:
            continue
        verdict = UNKNOWN
        if ended is not None:
            seconds = (ended - begin).total_seconds()
            is_kept = seconds < limit if values.get("is_strict") else seconds <= limit
            verdict = KEPT if is_kept else BROKEN
        yield Judged(timezone.localdate(started), path, verdict, case, pk, at=started)
