"""One state of an agent, at whatever they serve: set by hand, by force, or told (坐席状态)."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import AgentState
from lingzhi.contacts.queries.chat_agents import AWAY
from lingzhi.contacts.services.chat_handing import hand_out
from lingzhi.contacts.services.state_log import note_state
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.notifications.services import tell

EVERY = timedelta(seconds=20)
State = AgentState.State


@transaction.atomic
def take_state(person: User, state: str, *, reason: str = "", by: User) -> None:
    """Set a state by hand; it holds for chats and calls alike.

    Being busy needs its reason. Raises BadInput.
    """
    reason = _checked(state, reason)
    note_state(person, state, reason=reason)
    record(by, "contacts.state_set", person, after={"state": state}, reason=reason)
    if state == State.READY:
        hand_out()


@transaction.atomic
def force_state(person: User, state: str, *, reason: str, by: User) -> None:
    """A leader puts an agent into a state (强制示忙, 强制签出): the agent is told by whom and why.

    Raises BadInput.
    """
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    reason = _checked(state, reason)
    is_of_state = state in {State.BUSY, State.ON_BREAK}  # else it says why, for the log
    note_state(person, state, reason=reason if is_of_state else "", forced_by=by)
    record(by, "contacts.state_forced", person, after={"state": state}, reason=reason)
    title = _("Your state was set by a leader")
    tell([person], title, body=f"{reason} · {by.name}", url="/contacts/desk/")
    if state == State.READY:
        hand_out()


def _checked(state: str, reason: str) -> str:
    reason = reason.strip()[:60]
    if state not in State.values:
        raise BadInput(_("This state is not known."), field="state")
    if state == State.BUSY and not reason:
        raise BadInput(_("Say why."), field="reason")
    return reason


def note_desks(people: Collection[int]) -> None:
    """The chat desks of these people are there; who comes to one ready gets what waits."""
    lasting = AgentState.objects.filter(person__in=people, until=None)
    late = lasting.filter(Q(seen_at=None) | Q(seen_at__lt=now() - EVERY))
    if not late.exists():
        return
    away = Q(seen_at=None) | Q(seen_at__lt=now() - AWAY)
    has_come = lasting.filter(away, state=State.READY).exists()
    with transaction.atomic():
        late.update(seen_at=now())
        if has_come:
            hand_out()
