"""Two people at one case: whoever comes second is told, and nothing is lost."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, CaseEvent
from lingzhi.cases.services.announcing import announce_event
from lingzhi.cases.services.hearing import tell_watchers
from lingzhi.core.clock import now
from lingzhi.core.errors import DomainError


class CaseChanged(DomainError):
    message = _("Somebody else worked on this case meanwhile. Look at it again.")


class CaseMerged(DomainError):
    message = _("This case was merged into another one: work there.")


def claim(case: Case, seen: int, **changes: Any) -> None:
    """Change the case as it was seen at revision `seen`. Raises CaseChanged, CaseMerged."""
    if case.is_merged:
        raise CaseMerged()
    claimed = Case.objects.filter(pk=case.pk, revision=seen).update(
        revision=F("revision") + 1, **changes
    )
    if not claimed:
        raise CaseChanged()
    case.refresh_from_db()


def note_event(
    case: Case, kind: str, *, named: list[User] | None = None, **facts: Any
) -> CaseEvent:
    """One more line of the case's history, now; who watches the case or is named in it hears.

    Other systems that want to know are told of it, too.
    """
    announce_event(case, kind, facts)
    event = CaseEvent.objects.create(case=case, kind=kind, at=now(), **facts)
    tell_watchers(event, named)
    return event
