"""Who serves a chat: given out by the program, accepted, passed on, joined, taken over."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.models import AgentState, Chat, ChatJoin, ChatMessage, OpenContact
from lingzhi.contacts.queries.chat_agents import free_agents, serving_counts
from lingzhi.contacts.services.chat_saying import ChatOver, Message, note_event, say
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.org.queries import teams_on

Event = ChatMessage.Event


class TakenAlready(DomainError):
    message = _("Somebody else serves this chat already.")


class TooManyAtOnce(DomainError):
    message = _("You serve as many chats as one may at once. End one first.")


class NotAnswering(DomainError):
    message = _("This person is not ready for chats now.")


def hand_out() -> int:
    """Give the chats that wait, the longest first, to those ready and idle for longest.

    Part of the caller's transaction. How many were given.
    """
    waiting = Chat.objects.filter(state=Chat.State.WAITING, site__is_automatic=True)
    rows = list(waiting.select_related("site__unit", "live").order_by("queued_at", "pk")[:100])
    if not rows:
        return 0
    list(AgentState.objects.select_for_update().filter(until=None))
    free = free_agents()
    given = 0
    for chat in rows:
        chosen = next((one for one in free if one.may_take(chat.site)), None)
        if chosen is not None and _give(chat, chosen.person):
            given += 1
            chosen.serving += 1
            free.sort(key=lambda one: (one.serving > 0, one.idle_since))
    return given


@transaction.atomic
def accept_chat(chat: Chat, *, by: User) -> None:
    """Serve a chat that waits. Raises TakenAlready, TooManyAtOnce."""
    locked = _row(chat)
    if locked.state != Chat.State.WAITING:
        raise TakenAlready()
    if serving_counts([by.pk]).get(by.pk, 0) >= locked.site.at_once:
        raise TooManyAtOnce()
    _give(locked, by)
    record(by, "contacts.chat_accepted", locked)


def _give(chat: Chat, person: User) -> bool:
    """Claim a waiting chat for somebody; False where it is taken."""
    moment = now()
    claimed = Chat.objects.filter(pk=chat.pk, state=Chat.State.WAITING).update(
        state=Chat.State.SERVING, agent=person, assigned_at=moment
    )
    if not claimed:
        return False
    locked = _row(chat)
    is_first = locked.answered_at is None
    locked.answered_at = locked.answered_at or moment
    locked.save(update_fields=["answered_at"])
    _name_agent(locked, person)
    note_event(locked, Event.WELCOMED if is_first else Event.PASSED_ON, person=person)
    return True


def _name_agent(chat: Chat, person: User) -> None:
    """The live floor shows whose conversation it is, and of which team."""
    team = teams_on(today(), [person.pk]).get(person.pk)
    OpenContact.objects.filter(chat=chat).update(
        agent=person, agent_reference=person.staff_no, unit=team or chat.site.unit_id
    )


@transaction.atomic
def pass_on(chat: Chat, *, to: User | None, by: User) -> None:
    """Give a chat to a colleague, or back to its queue where `to` is nobody.

    Raises ChatOver, NotAnswering.
    """
    locked = _locked(chat)
    locked.transfers += 1
    before = locked.agent
    if to is None:
        locked.state, locked.agent, locked.assigned_at = Chat.State.WAITING, None, None
        locked.save()
        note_event(locked, Event.QUEUED)
    else:
        if to == before or to.pk not in {one.person.pk for one in free_agents()}:
            raise NotAnswering()
        locked.agent, locked.assigned_at = to, now()
        locked.save()
        _name_agent(locked, to)
        note_event(locked, Event.PASSED_ON, person=to)
    record(
        by, "contacts.chat_passed_on", locked,
        before={"agent": before and before.staff_no}, after={"agent": to and to.staff_no},
    )  # fmt: skip
    hand_out()


@transaction.atomic
def invite(chat: Chat, colleague: User, *, by: User) -> None:
    """A second agent takes part (会议). Raises ChatOver; who is in it already stays."""
    locked = _locked(chat)
    if colleague.pk == locked.agent_id:
        return
    _join, is_new = ChatJoin.objects.get_or_create(
        chat=locked, person=colleague, left_at=None, defaults={"joined_at": now()}
    )
    if is_new:
        note_event(locked, Event.JOINED, person=colleague)
        record(by, "contacts.chat_joined", locked, after={"person": colleague.staff_no})


@transaction.atomic
def leave_chat(chat: Chat, *, by: User) -> None:
    """The second agent leaves; the chat goes on with its agent."""
    rows = ChatJoin.objects.filter(chat=chat, person=by, left_at=None)
    if rows.update(left_at=now()) and chat.state != Chat.State.ENDED:
        note_event(_locked(chat), Event.LEFT, person=by)
        record(by, "contacts.chat_left", chat)


@transaction.atomic
def whisper(chat: Chat, text: str, client_id: str, *, by: User) -> ChatMessage:
    """Tell the agents something that the visitor never sees (耳语). Raises BadInput, ChatOver."""
    _locked(chat)
    is_new = not chat.messages.filter(client_id=client_id).exists()
    said = Message(client_id, ChatMessage.Side.AGENT, text, by, ChatMessage.Kind.WHISPER)
    made = say(chat, said)
    if is_new:
        record(by, "contacts.chat_whispered", chat)
    return made


@transaction.atomic
def take_over(chat: Chat, *, reason: str, by: User) -> None:
    """A supervisor serves the chat from now on (强拆接管); its agent stays in it.

    Raises BadInput without a reason, ChatOver, TakenAlready where it is one's own.
    """
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    locked = _locked(chat, is_served=False)
    before = locked.agent
    if before == by:
        raise TakenAlready()
    moment = now()
    locked.state, locked.agent, locked.assigned_at = Chat.State.SERVING, by, moment
    locked.answered_at = locked.answered_at or moment
    locked.transfers += before is not None
    locked.save()
    ChatJoin.objects.filter(chat=locked, person=by, left_at=None).update(left_at=moment)
    if before is not None:
        ChatJoin.objects.get_or_create(
            chat=locked, person=before, left_at=None, defaults={"joined_at": moment}
        )
    _name_agent(locked, by)
    note_event(locked, Event.PASSED_ON if before else Event.WELCOMED, person=by)
    record(
        by, "contacts.chat_taken_over", locked, before={"agent": before and before.staff_no},
        reason=reason.strip()[:300],
    )  # fmt: skip


def _locked(chat: Chat, *, is_served: bool = True) -> Chat:
    """The row for this transaction. Raises ChatOver."""
    locked = _row(chat)
    if locked.state == Chat.State.ENDED or (is_served and locked.state != Chat.State.SERVING):
        raise ChatOver()
    return locked


def _row(chat: Chat) -> Chat:
    rows = Chat.objects.select_for_update(of=("self",)).select_related("agent", "site__unit")
    return rows.get(pk=chat.pk)
