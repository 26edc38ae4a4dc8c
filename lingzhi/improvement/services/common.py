"""What every act on a rectification does: claim its state, note it, audit it, tell people."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.improvement.models import Note, Rectification
from lingzhi.kpis.services import mark_days
from lingzhi.notifications.services import tell

State = Rectification.State


class NotInThisState(DomainError):
    message = _("Its state does not allow this, or somebody was quicker.")


def claim(row: Rectification, states: Iterable[str], **changes: Any) -> None:
    """Change it if it is in one of these states. Raises NotInThisState."""
    rows = Rectification.objects.filter(pk=row.pk, state__in=list(states))
    if not rows.update(**(changes or {"told_level": row.told_level})):
        raise NotInThisState()
    mark_days({day for day in (row.due_on, changes.get("due_on", row.due_on)) if day <= today()})
    for name, value in changes.items():
        setattr(row, name, value)


def note(
    row: Rectification, kind: str, words: str = "", *, fact: str = "", by: User | None
) -> Note:
    """One line of its history, in words or as a fact."""
    return Note.objects.create(
        rectification=row, kind=kind, words=words, fact=fact, written_at=now(), written_by=by
    )


def demanded(words: str, field: str) -> str:
    """Words that must be there. Raises BadInput."""
    kept = words.strip()
    if not kept:
        raise BadInput(_("Write it down."), field=field)
    return kept


def url_of(row: Rectification) -> str:
    return reverse("improvement:rectification", args=[row.pk])


def tell_about(
    people: Iterable[User | None], title: Promise, row: Rectification, *, matter: str = ""
) -> int:
    """A line in the inbox of each; with a `matter` it is a to-do until that is settled."""
    named = [one for one in dict.fromkeys(people) if one is not None]
    return tell(
        named, title, body=f"{row.number} {row.title}", url=url_of(row), is_todo=bool(matter),
        matter=matter,
    )  # fmt: skip


def matter_of(row: Rectification, what: str) -> str:
    return f"improvement.{what}/{row.pk}"
