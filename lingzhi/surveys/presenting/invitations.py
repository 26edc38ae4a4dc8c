"""Invitations as their list shows them."""

from collections.abc import Iterable
from dataclasses import dataclass

from lingzhi.accounts.models import User
from lingzhi.core.clock import now
from lingzhi.surveys.models import Answering, Invitation, Mode
from lingzhi.surveys.presenting.sending import tone_of

State = Invitation.State
HANDED = (Mode.SMS, Mode.CHAT)


@dataclass(frozen=True, slots=True)
class ShownInvitation:
    """One invitation, and what this person may do about it: hand_over, interview, go_on, again."""

    row: Invitation
    tone: str
    answering: Answering | None
    act: str


def shown_invitations(rows: Iterable[Invitation], user: User) -> list[ShownInvitation]:
    """Each with its answering, where there is one."""
    may_ask = user.can("surveys.ask")
    return [
        ShownInvitation(
            one, tone_of(one), getattr(one, "answering", None), _act(one, user) if may_ask else ""
        )
        for one in rows
    ]


def _act(row: Invitation, user: User) -> str:
    if row.state == State.UNKNOWN and row.opened_at is None:
        return "again"
    if row.state == State.DUE and row.due_at <= now():
        return "hand_over" if row.mode in HANDED else "interview" if row.mode == Mode.PHONE else ""
    is_open = row.expires_at is not None and row.expires_at > now() and row.finished_at is None
    is_own = row.mode == Mode.PHONE and row.sent_by_id == user.pk
    return "go_on" if row.state == State.SENT and is_own and is_open else ""
