"""Scores of an earlier system become rows; the import itself leaves the audit row."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.contacts.agents import Agents, agents_named
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import published
from lingzhi.core.clock import midnight
from lingzhi.core.intake import Published
from lingzhi.imports.models import Batch
from lingzhi.inspections.models import OldScore


def publish_old_scores(source: str, items: Sequence[Any], batch: Batch | None) -> Published:
    """Write a short group. A number the source gave before is known, or in conflict if it differs.

    The same content that waits in an unfinished import goes over to `batch` and counts as new.
    """
    outcome = Published()
    numbers = [one.number for one in items]
    before = OldScore.objects.filter(source=source, number__in=numbers).select_related("batch")
    known = {one.number: one for one in before}
    fresh: list[Any] = []
    for one in items:
        row = known.get(one.number)
        if row is None:
            fresh.append(one)
        elif row.content_sha256 != one.sha256:
            outcome.conflicts.append(one.number)
        elif row.batch is not None and row.batch.finished_at is None and row.batch != batch:
            OldScore.objects.filter(pk=row.pk).update(batch=batch)
            outcome.new.append(row.pk)
        else:
            outcome.known.append(one.number)
    rows = _rows(source, fresh, batch)
    outcome.new += [row.pk for row in OldScore.objects.bulk_create(rows)]
    return outcome


def _rows(source: str, items: Sequence[Any], batch: Batch | None) -> list[OldScore]:
    people = _People([one.values[who] for one in items for who in ("agent", "inspector")])
    talks = _conversations(one.values["conversation"] for one in items)
    return [_row(source, one, batch, people, talks) for one in items]


def _row(
    source: str, one: Any, batch: Batch | None, people: "_People", talks: dict[str, int]
) -> OldScore:
    values = one.values
    on = values["scored_on"]
    agent = people.person(values["agent"], on)
    return OldScore(
        source=source,
        number=one.number,
        batch=batch,
        scored_on=on,
        conversation=values["conversation"] or "",
        contact_id=talks.get(values["conversation"] or ""),
        agent_said=values["agent"],
        agent_id=agent,
        unit_id=people.agents.unit(agent, midnight(on)),
        inspector_said=values["inspector"] or "",
        inspector_id=people.person(values["inspector"], on),
        sheet_title=values["sheet"] or "",
        value=values["value"],
        full=values["full"] or 100,
        final_value=values["final_value"],
        is_vetoed=bool(values["is_vetoed"]),
        appeal=values["appeal"] or "",
        comment=values["comment"] or "",
        items=values["meta"] or {},
        content_sha256=one.sha256,
    )


class _People:
    """Who is meant by a staff number, a dated identity or, where nobody shares it, a name."""

    def __init__(self, references: Iterable[str | None]) -> None:
        said = {one for one in references if one}
        self.agents: Agents = agents_named(said)
        self.named: dict[str, list[int]] = {}
        for name, pk in User.objects.filter(name__in=said).values_list("name", "pk"):
            self.named.setdefault(name, []).append(pk)
        if self.named:
            numbers = User.objects.filter(pk__in=[pk for pks in self.named.values() for pk in pks])
            more = agents_named([*said, *numbers.values_list("staff_no", flat=True)])
            self.agents = more

    def person(self, said: str | None, on: date) -> int | None:
        if not said:
            return None
        at: datetime = midnight(on)
        found = self.agents.person(said, at, is_voice=True)
        alike = self.named.get(said, [])
        return found or (alike[0] if len(alike) == 1 else None)


def _conversations(numbers: Iterable[str | None]) -> dict[str, int]:
    """The conversation of each number that only one source knows."""
    found: dict[str, list[int]] = {}
    wanted = {one for one in numbers if one}
    rows: Any = published().filter(external_id__in=wanted) if wanted else Contact.objects.none()
    for number, pk in rows.order_by().values_list("external_id", "pk"):
        found.setdefault(number, []).append(pk)
    return {number: pks[0] for number, pks in found.items() if len(pks) == 1}
