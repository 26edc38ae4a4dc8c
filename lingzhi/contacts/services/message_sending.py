"""Bringing messages to customers by other systems (发出): claimed, sent outside any transaction.

A claim that is found open means that a try died half-way. Where the system knows our number again
the message is sent once more; elsewhere nobody knows, and it is said so instead.
"""

import uuid
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.contacts.messaging.calls import Going, Receipt, Refused
from lingzhi.contacts.messaging.platforms import account_of, platform_of
from lingzhi.contacts.models import ChatMessage, MessageLine, SentMessage
from lingzhi.contacts.services.chat_saying import ChatOver, Message, TooMuchSaid, say
from lingzhi.contacts.services.message_calls import ask, hand_to_gateway
from lingzhi.core.clock import now
from lingzhi.core.egress import Failed, NotAllowed
from lingzhi.core.encryption import CannotOpen
from lingzhi.core.errors import DomainError
from lingzhi.jobs.services import later
from lingzhi.notifications.services import tell

State = SentMessage.State
AT_ONCE = 50
UNDER_WAY = timedelta(minutes=2)
MOST_TRIES = 8
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(minutes=30)
BUSY = 429
STUCK = (State.FAILED, State.UNKNOWN)
# Who hears that a message about such a matter did not arrive.
NOT_SENT = {
    "cases.confirmation": "cases.text_not_sent",
    "surveys.invitation": "surveys.text_not_sent",
}
log = structlog.get_logger("lingzhi.messages")


class NotStuck(DomainError):
    message = gettext_lazy("This message is not waiting for somebody to decide.")


def send_messages() -> int:
    """Send what is due; how many went out. A line that fails holds back only its own messages, and
    a message those behind it to the same person."""
    _find_lost()
    due = SentMessage.objects.filter(
        state=State.WAITING, next_at__lte=now(), thread__line__retired_at=None
    )
    rows = list(due.select_related("thread__line", "said__chat", "by").order_by("id")[:AT_ONCE])
    failing: set[int] = set()
    sent = 0
    for message in rows:
        line = message.thread.line
        if line.pk not in failing and not _is_behind(message) and _claim(message):
            went = _go(line, message)
            sent += went is True
            if went is False:
                failing.add(line.pk)
    return sent


def _is_behind(message: SentMessage) -> bool:
    rows = SentMessage.objects.filter(thread=message.thread_id, pk__lt=message.pk)
    return rows.filter(state__in=(State.WAITING, State.SENDING)).exists()


def _claim(message: SentMessage) -> int:
    rows = SentMessage.objects.filter(pk=message.pk, state=State.WAITING, next_at=message.next_at)
    return rows.update(state=State.SENDING, next_at=now() + UNDER_WAY, tries=F("tries") + 1)


def _find_lost() -> None:
    """What was being sent when a process died."""
    rows = SentMessage.objects.filter(state=State.SENDING, next_at__lte=now())
    for message in rows.select_related("thread__line", "said__chat", "by"):
        message.tries -= 1  # of the try that broke off
        _left_open(message, _("the try broke off"))


def _go(line: MessageLine, message: SentMessage) -> bool | None:
    """Send one claimed message and write down how it ended: whether it went out, None where this
    very message was refused and the line works."""
    try:
        external_id = _handed_over(line, message)
    except Refused as refused:
        return _after_refusal(message, refused)
    except Failed as failed:
        _after_failure(message, failed)
    except TimeoutError:
        _left_open(message, _("no answer in time"))
    except NotAllowed as problem:
        closed = _("Closed by EGRESS_ALLOW or EGRESS_NETWORKS: %(origin)s") % {"origin": problem}
        _end(message, State.FAILED, closed)
    except CannotOpen:
        _end(message, State.FAILED, _("the secrets of the line cannot be opened"))
    else:
        _sent(message, external_id)
        return True
    return False


def _after_refusal(message: SentMessage, refused: Refused) -> bool | None:
    if refused.may_repeat:
        _put_off(message, refused.words)
        return False
    _end(message, State.FAILED, refused.words)
    return None


def _handed_over(line: MessageLine, message: SentMessage) -> str:
    """The number that the other system gave, empty where it gives none."""
    platform, account, thread = platform_of(line), account_of(line), message.thread
    is_open = thread.reply_until is not None and thread.reply_until > now()
    reply_to = thread.reply_to if is_open else ""
    going = Going(thread.person, message.text, message.reference, reply_to)
    if platform.sent_id is None:
        hand_to_gateway(line, platform.call_of(account, "", going), message.reference)
        return ""
    return ask(line, lambda token: platform.call_of(account, token, going), platform.sent_id)


def _after_failure(message: SentMessage, failed: Failed) -> None:
    """An answer of 4xx says that it was not taken; none, or 5xx, says nothing."""
    words = f"{failed.what} {failed.status or ''}".strip()
    if failed.status == BUSY:
        _put_off(message, words, failed.again_in)
    elif 400 <= failed.status < 500:
        _end(message, State.FAILED, words)
    else:
        _left_open(message, words)


def _left_open(message: SentMessage, words: str) -> None:
    if platform_of(message.thread.line).is_repeatable:
        _put_off(message, words)
    else:
        _end(message, State.UNKNOWN, words)


def wait_after(tries: int) -> timedelta:
    """10, 20, 40 s … at most half an hour: about twenty minutes for all tries."""
    return min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)


def _put_off(message: SentMessage, words: str, again_in: float | None = None) -> None:
    tries = message.tries + 1
    if tries >= MOST_TRIES:
        _end(message, State.FAILED, words)
        return
    wait = max(wait_after(tries), timedelta(seconds=min(again_in or 0, 3600)))
    rows = SentMessage.objects.filter(pk=message.pk, state=State.SENDING)
    rows.update(state=State.WAITING, next_at=now() + wait, problem=words[:300])
    note_problem(message.thread.line, words)


def _sent(message: SentMessage, external_id: str) -> None:
    rows = SentMessage.objects.filter(pk=message.pk, state=State.SENDING)
    moment = now()
    rows.update(state=State.SENT, sent_at=moment, external_id=external_id, problem="")
    lines = MessageLine.objects.filter(pk=message.thread.line_id)
    lines.update(went_at=moment, problem="", problem_at=None)


def note_problem(line: MessageLine, words: str) -> None:
    """What was wrong last stands at the line until something goes out."""
    MessageLine.objects.filter(pk=line.pk).update(problem=words[:300], problem_at=now())


@transaction.atomic
def _end(message: SentMessage, state: str, words: str) -> None:
    """It is not tried again by itself: who wrote it hears of it."""
    rows = SentMessage.objects.filter(
        pk=message.pk, state__in=(State.SENDING, State.SENT, State.UNKNOWN)
    )
    if not rows.update(state=state, problem=words[:300]):
        return
    log.warning("message not sent", message=message.pk, state=state)
    note_problem(message.thread.line, words)
    record(None, "contacts.message_not_sent", message, after={"state": state, "problem": words})
    message.state = state
    _tell_writer(message, words)
    job = NOT_SENT.get(message.matter.partition("/")[0])
    if job:
        later(job, sent_id=message.pk)


def _tell_writer(message: SentMessage, words: str) -> None:
    """In the chat as long as it goes on, else as a to-do."""
    if message.said is None:
        return
    chat = message.said.chat
    note = f"{State(message.state).label}: {words}"
    side, kind = ChatMessage.Side.PROGRAM, ChatMessage.Kind.WHISPER
    try:
        say(chat, Message(uuid.uuid4().hex, side, note, kind=kind))
    except (ChatOver, TooMuchSaid):
        if message.by is None:
            return
        told = gettext_lazy("A message did not reach the customer: tell them another way")
        url = reverse("chat:talk", args=[chat.pk])
        matter = f"contacts.sentmessage/{message.pk}"
        tell([message.by], told, body=f"{chat.number} {note}", url=url, is_todo=True, matter=matter)


def note_receipt(line: MessageLine, receipt: Receipt) -> None:
    """What the other system says became of a message. What it says again changes nothing."""
    known = {"reference": receipt.reference} if receipt.reference else {"external_id": receipt.id}
    if not any(known.values()):
        return
    rows = SentMessage.objects.filter(thread__line=line, **known)
    message = rows.select_related("thread__line", "said__chat", "by").first()
    if message is None:
        return
    if not receipt.is_delivered:
        _end(message, State.FAILED, receipt.words or _("the other system could not deliver it"))
        return
    open_ends = (State.SENDING, State.SENT, State.UNKNOWN)
    mine = SentMessage.objects.filter(pk=message.pk, state__in=open_ends)
    moment = now()
    mine.update(state=State.DELIVERED, delivered_at=moment, problem="")
    SentMessage.objects.filter(pk=message.pk, sent_at=None).update(sent_at=moment)


@transaction.atomic
def send_again(message: SentMessage, *, by: User) -> None:
    """Try it once more, under its old number. Raises NotStuck."""
    rows = SentMessage.objects.filter(pk=message.pk, state__in=STUCK).exclude(sealed_text="")
    if not rows.update(state=State.WAITING, tries=0, next_at=now(), problem=""):
        raise NotStuck()
    record(by, "contacts.message_sent_again", message)


@transaction.atomic
def give_up(message: SentMessage, *, by: User) -> None:
    """Nobody waits for it any more. Raises NotStuck."""
    if not SentMessage.objects.filter(pk=message.pk, state__in=STUCK).update(state=State.GIVEN_UP):
        raise NotStuck()
    record(by, "contacts.message_given_up", message, before={"problem": message.problem})
