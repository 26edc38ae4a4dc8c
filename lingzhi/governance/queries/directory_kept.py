"""Whether the quality policy and the service directory that a rulebook asks for were in force and
looked at again in time, month by month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from lingzhi.core.controls import Binding, Days, Evidence
from lingzhi.governance.models import DirectoryReview, PolicyVersion, ServiceEntry
from lingzhi.org.models import Statement
from lingzhi.org.queries.activities_held import periods_over

POLICY, SERVICES = "policy", "services"


@dataclass(frozen=True, slots=True)
class _Held:
    """A policy or service in force, and each day by which it was to be looked at, with the day on
    which it was (None while it was not). Without any such day nobody said when.
    """

    path: str
    from_on: date
    to_on: date | None
    looks: tuple[tuple[date, date | None], ...]

    def covers(self, day: date) -> bool:
        """In force at the end of `day`; what ended that day was not."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)

    def is_late(self, day: date) -> bool:
        """Whether a look that was due before the end of `day` was not taken by then."""
        return any(due < day and (looked is None or looked > day) for due, looked in self.looks)


def directory_kept(bindings: Sequence[Binding], first: date, last: date) -> list[Days]:
    """For each binding a check of each thing in force for each month that is over, dated on its
    last day.

    Kept where its review was not overdue on that day; broken where it was, or where nothing was in
    force for a unit that the clause binds or, of the policy, for one above it. A text in force of
    which nobody said when it is looked at again is unknown.
    """
    held = {POLICY: _policies(), SERVICES: _services()}
    return [dict(_days(binding, held, first, last)) for binding in bindings]


def _days(
    binding: Binding, held: dict[str, list[_Held]], first: date, last: date
) -> Iterator[tuple[date, Evidence]]:
    about = str(binding.values.get("about") or "")
    kinds = (about,) if about in held else (POLICY, SERVICES)
    for _begin, end in periods_over("monthly", first, last):
        found = Evidence()
        for kind in kinds:
            there = [one for one in held[kind] if one.covers(end) and _concerns(binding, one, kind)]
            found += _check(there, end)
        yield end, found


def _concerns(binding: Binding, one: _Held, kind: str) -> bool:
    above = kind == POLICY and binding.unit_path.startswith(one.path)
    return above or binding.holds_for(one.path)


def _check(there: Sequence[_Held], day: date) -> Evidence:
    if not there:
        return Evidence(broken=1)
    unknown = sum(not one.looks for one in there)
    late = sum(one.is_late(day) for one in there)
    return Evidence(kept=len(there) - unknown - late, broken=late, unknown=unknown)


def _services() -> list[_Held]:
    rows = ServiceEntry.objects.exclude(approved_at=None).select_related("unit")
    looks = _looks(DirectoryReview.objects.exclude(entry=None), "entry_id")
    return [
        _Held(
            one.unit.path, timezone.localdate(one.approved_at),
            timezone.localdate(one.ended_at) if one.ended_at else None,
            _all_looks(looks.get(one.pk, ()), one.review_on),
        )
        for one in rows if one.approved_at
    ]  # fmt: skip


def _policies() -> list[_Held]:
    """Every text that was in force; one that went another way than by approval has no review."""
    looks = _looks(DirectoryReview.objects.exclude(policy=None), "policy_id")
    versions = PolicyVersion.objects.filter(state=PolicyVersion.State.PUBLISHED)
    known = {one.statement_id: _all_looks(looks.get(one.pk, ()), one.review_on) for one in versions}
    rows = Statement.objects.filter(kind=Statement.Kind.POLICY).select_related("unit")
    return [
        _Held(one.unit.path, one.from_on, _day_after(one.to_on), known.get(one.pk, ()))
        for one in rows
    ]


def _day_after(day: date | None) -> date | None:
    """A statement holds on its last day, too."""
    return date.fromordinal(day.toordinal() + 1) if day else None


def _looks(rows: QuerySet[DirectoryReview], key: str) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = {}
    for pk, due_on, said_at in rows.values_list(key, "due_on", "said_at"):
        found.setdefault(pk, []).append((due_on, timezone.localdate(said_at)))
    return found


def _all_looks(
    taken: Sequence[tuple[date, date]], next_on: date | None
) -> tuple[tuple[date, date | None], ...]:
    return (*taken, *([(next_on, None)] if next_on else []))
