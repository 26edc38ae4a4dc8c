"""Starting a rectification (整改), changing who and when, linking sources, dropping it."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.core.origins import origins
from lingzhi.improvement.models import Note, Rectification, Source
from lingzhi.improvement.queries.people import works_in
from lingzhi.improvement.queries.rectifications import OPEN
from lingzhi.improvement.services.common import (
    State,
    claim,
    demanded,
    matter_of,
    note,
    tell_about,
)
from lingzhi.notifications.services import settle_matter

FACTS = (
    "title", "problem", "category", "grade", "way", "unit", "owner", "supervisor", "team",
    "due_on", "watch_days",
)  # fmt: skip


class LinkedAlready(DomainError):
    message = _("This is one of its sources already.")


@transaction.atomic
def start_rectification(
    row: Rectification, *, kind: str, key: int | None = None, words: str = "", by: User
) -> Rectification:
    """Keep a new record with its first source; who answers for it has a to-do.

    `kind` is one of the origins with the `key` of its row, or one of `Source.Free` in `words`.
    Raises BadInput.
    """
    if row.due_on < today():
        raise BadInput(_("Name a day to come."), field="due_on")
    _require_supervisor(row)
    row.created_at, row.created_by = now(), by
    row.save()
    link_source(row, kind=kind, key=key, words=words, by=by)
    tell_about([row.owner], _("You answer for putting something right"), row,
               matter=matter_of(row, "owner"))  # fmt: skip
    if row.supervisor:
        tell_about([row.supervisor], _("You supervise that something is put right"), row)
    record(by, "improvement.started", row, after=facts_of(row))
    return row


@transaction.atomic
def change_rectification(row: Rectification, *, by: User) -> None:
    """Keep what was changed on the form. Once the plan was approved, unit and weight stay.

    Raises BadInput, NotInThisState.
    """
    old = Rectification.objects.select_for_update().get(pk=row.pk)
    if old.state not in (State.DRAFT, State.ASKED) and (
        old.unit_id != row.unit_id or old.grade != row.grade
    ):
        raise BadInput(_("The plan was approved for this unit and weight."), field="unit")
    _require_supervisor(row)
    before, after = facts_of(old), facts_of(row)
    moved = old.due_on != row.due_on
    changes = {name: getattr(row, name) for name in FACTS}
    claim(row, OPEN, **changes, **({"told_level": 0} if moved else {}))
    if old.owner_id != row.owner_id:
        settle_matter(matter_of(row, "owner"))
        tell_about([row.owner], _("You answer for putting something right"), row,
                   matter=matter_of(row, "owner"))  # fmt: skip
    changed = {name for name in after if after[name] != before[name]}
    record(
        by, "improvement.changed", row, before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )  # fmt: skip


@transaction.atomic
def link_source(
    row: Rectification, *, kind: str, key: int | None = None, words: str = "", by: User
) -> Source:
    """One more place where the problem shows. Raises BadInput, LinkedAlready."""
    if key is None and kind not in Source.Free.values:
        raise BadInput(_("Say where it comes from."), field="kind")
    if key is not None and kind not in origins():
        raise BadInput(_("Say where it comes from."), field="kind")
    said = demanded(words, "words") if key is None else ""
    source, is_new = Source.objects.get_or_create(
        rectification=row, kind=kind, key=key, words=said, defaults={"linked_at": now()}
    )
    if not is_new:
        raise LinkedAlready()
    record(by, "improvement.linked", row, after={"kind": kind, "key": key})
    return source


@transaction.atomic
def write_note(row: Rectification, words: str, *, is_supervision: bool, by: User) -> Note:
    """How far it is, or what its supervisor found. Raises BadInput, NotInThisState."""
    kept = demanded(words, "words")
    claim(row, OPEN)
    kind = Note.Kind.SUPERVISION if is_supervision else Note.Kind.PROGRESS
    written = note(row, kind, kept, by=by)
    if is_supervision:
        tell_about([row.owner], _("Your rectification was looked at"), row)
    record(by, "improvement.noted", row, after={"kind": kind})
    return written


@transaction.atomic
def drop_rectification(row: Rectification, reason: str, *, by: User) -> None:
    """It is not put right: with a reason, by who supervises. Raises BadInput, NotInThisState."""
    why = demanded(reason, "words")
    claim(row, [State.DRAFT, State.RUNNING], state=State.DROPPED)
    settle_all(row)
    note(row, Note.Kind.STATE, why, by=by)
    tell_about([row.owner], _("A rectification was dropped"), row)
    record(by, "improvement.dropped", row, reason=why)


def settle_all(row: Rectification) -> None:
    """Every to-do about it ends."""
    for what in ("owner", "late", "verify", "measure"):
        settle_matter(matter_of(row, what))


def facts_of(row: Rectification) -> dict[str, Any]:
    """Who, what and when, ready for the audit log."""
    found = {name: getattr(row, f"{name}_id", getattr(row, name, None)) for name in FACTS}
    return found | {"due_on": str(row.due_on), "problem": len(row.problem)}


def _require_supervisor(row: Rectification) -> None:
    """Who supervises works elsewhere: nobody supervises oneself (R-IM-06)."""
    if row.supervisor and works_in(row.supervisor, row.unit):
        raise BadInput(_("Who supervises must not belong to the unit that puts it right."),
                       field="supervisor")  # fmt: skip
    if row.supervisor and row.supervisor == row.owner:
        raise BadInput(_("Nobody supervises oneself."), field="supervisor")
