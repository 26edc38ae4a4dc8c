"""Agents say what they do; the log keeps every state with its times."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import AgentState
from lingzhi.contacts.services.chat_handing import hand_out
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput

EVERY = timedelta(seconds=20)


@transaction.atomic
def set_state(
    person: User, state: str, *, reason: str = "", source: str = AgentState.Source.CHAT
) -> AgentState:
    """The person is in this state from now on; the one before ends. Raises BadInput.

    Being busy needs its reason.
    """
    if state not in AgentState.State.values:
        raise BadInput(_("This state is not known."), field="state")
    reason = reason.strip()[:60]
    if state == AgentState.State.BUSY and not reason:
        raise BadInput(_("Say why."), field="reason")
    User.objects.select_for_update().get(pk=person.pk)
    rows = AgentState.objects.filter(person=person, source=source, until=None)
    current = rows.first()
    if current is not None and (current.state, current.reason) == (state, reason):
        return current
    moment = now()
    rows.update(until=moment)
    made = AgentState.objects.create(
        person=person, source=source, state=state, reason=reason, since=moment, seen_at=moment
    )
    record(person, "contacts.state_set", person, after={"state": state, "reason": reason})
    if source == AgentState.Source.CHAT and state == AgentState.State.READY:
        hand_out()
    return made


@transaction.atomic
def end_state(person: User, *, source: str = AgentState.Source.CHAT) -> None:
    """The person is in no state any more: signed off."""
    rows = AgentState.objects.filter(person=person, source=source, until=None)
    if rows.update(until=now()):
        record(person, "contacts.state_set", person, after={"state": ""})


def note_desks(people: Collection[int]) -> None:
    """The desks of these people are there."""
    late = AgentState.objects.filter(
        person__in=people, until=None, source=AgentState.Source.CHAT, seen_at__lt=now() - EVERY
    )
    if late.exists():
        late.update(seen_at=now())
