"""What records lack of that which clauses demand (信息记录完整)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import BooleanField, Q, QuerySet, Value, When
from django.db.models import Case as Choice
from django.utils import timezone

from lingzhi.cases.models import Case
from lingzhi.cases.queries.clauses import BROKEN, KEPT, Judged, bound, channels_of
from lingzhi.cases.queries.record_fields import AT_END, CONTACT, FIELDS, OF_CASE, OF_CONTACT
from lingzhi.contacts.queries import Filters, conversations, published
from lingzhi.core.clock import midnight, today
from lingzhi.core.controls import Binding
from lingzhi.rulebook.queries import controls_in_force

DAY = timedelta(days=1)
FORM = "form"
OVER = (Case.Kind.SOLVED, Case.Kind.CLOSED)


@dataclass(frozen=True, slots=True)
class Lacking:
    """Fields that a clause demands of a record and that are empty: their codes."""

    binding: Binding
    codes: Sequence[str]

    @property
    def words(self) -> list[str]:
        return [str(FIELDS[code]) for code in self.codes]


def fields_of(values: Mapping[str, Any]) -> list[str]:
    """The fields that a clause names by their codes; of a form in free words (as packs had them
    before fields were codes) none: nobody can look for those."""
    codes = list(values["fields"])
    return codes if all(isinstance(one, str) and one in FIELDS for one in codes) else []


def whole(codes: Collection[str], has: Mapping[str, Q] = OF_CASE) -> Q:
    """The records in which each of these fields is filled in."""
    found = Q()
    for code in codes:
        found &= has[code]
    return found


def forms_in_force() -> list[Binding]:
    """What clauses in force today demand of the records of cases."""
    day = today()
    rows = controls_in_force(day, day, kind=FORM)
    return [one for one in rows if one.values.get("case") != CONTACT and fields_of(one.values)]


def incomplete() -> Q:
    """The cases that lack something that a clause in force today demands of them by now."""
    found = Q(pk__in=[])
    for binding in forms_in_force():
        codes = binding.values["fields"]
        now_due = whole([code for code in codes if code not in AT_END])
        at_end = ~Q(kind__in=OVER) | whole(codes)
        found |= bound(binding) & ~(now_due & at_end)
    return found


def lacking(case: Case) -> list[Lacking]:
    """What one case lacks by now, clause by clause; nothing of those that it fulfils."""
    forms = [one for one in forms_in_force() if one.holds_for(case.unit.path)]
    if not forms:
        return []
    early = () if case.is_over else AT_END
    asked = {code for one in forms for code in one.values["fields"] if code not in early}
    there = {f"has_{code}": _is(OF_CASE[code]) for code in asked}
    binds = {f"binds_{number}": _is(bound(one)) for number, one in enumerate(forms)}
    row: Any = Case.objects.filter(pk=case.pk).order_by().values(**there, **binds).get()
    found = [
        Lacking(one, [code for code in one.values["fields"] if row.get(f"has_{code}") is False])
        for number, one in enumerate(forms)
        if row[f"binds_{number}"]
    ]
    return [one for one in found if one.codes]


def _is(wanted: Q) -> Choice:
    return Choice(When(wanted, then=Value(True)), default=Value(False), output_field=BooleanField())


def records_judged(binding: Binding, first: date, last: date) -> Iterator[Judged]:
    """Every record of these days: a case on the day it was closed, a conversation when it began.

    Cases of another system are not judged: their record is there.
    """
    codes, is_contact = fields_of(binding.values), binding.values.get("case") == CONTACT
    if not codes:
        return
    rows = _contacts(binding, first, last) if is_contact else _closed(binding, first, last)
    has = OF_CONTACT if is_contact else OF_CASE
    moment = "started_at" if is_contact else "closed_at"
    key = "contact_id" if is_contact else "case_id"
    there = [_is(has[code]) for code in codes]
    found = rows.order_by().values_list("pk", "unit__path", moment, *there)
    for pk, path, at, *filled in found.iterator():
        lacks = tuple(code for code, is_there in zip(codes, filled, strict=True) if not is_there)
        verdict = BROKEN if lacks else KEPT
        yield Judged(timezone.localdate(at), path, verdict, at=at, lacks=lacks, **{key: pk})


def _closed(binding: Binding, first: date, last: date) -> QuerySet[Case]:
    span = {"closed_at__gte": midnight(first), "closed_at__lt": midnight(last + DAY)}
    return Case.objects.filter(bound(binding), kind=Case.Kind.CLOSED, imported=None, **span)


def _contacts(binding: Binding, first: date, last: date) -> QuerySet[Any]:
    rows = conversations(Filters(from_on=first, to_on=last).apply(published()))
    rows = rows.filter(binding.over("unit__path"), started_at__isnull=False)
    channels = channels_of(binding)
    return rows.filter(channel__code__in=channels) if channels else rows
