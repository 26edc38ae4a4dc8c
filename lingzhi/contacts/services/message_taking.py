"""What customers write by other systems: taken once, and said in a chat that agents serve."""

import hashlib
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from lingzhi.contacts.messaging import wecom
from lingzhi.contacts.messaging.calls import Call, Came, Post, Received, Refused
from lingzhi.contacts.messaging.platforms import account_of, platform_of
from lingzhi.contacts.models import CameMessage, Chat, ChatMessage, MessageLine, MessageThread
from lingzhi.contacts.models.chat import LONGEST_TEXT
from lingzhi.contacts.queries.chat_sites import is_open
from lingzhi.contacts.services.chat_saying import MOST_MESSAGES, Message, say
from lingzhi.contacts.services.chats import end_chat, start_chat
from lingzhi.contacts.services.growing import GROWS
from lingzhi.contacts.services.message_calls import ask
from lingzhi.contacts.services.message_queue import queue_text, thread_of
from lingzhi.contacts.services.message_sending import note_problem, note_receipt
from lingzhi.core.clock import now
from lingzhi.core.egress import Failed, NotAllowed
from lingzhi.core.encryption import seal
from lingzhi.core.languages import in_language
from lingzhi.core.readers import UNSTORABLE
from lingzhi.jobs.services import later

MOST_PAGES = 20  # of one fetching; what remains comes with the next
MOST_TEXT = 20_000


def take_call(line: MessageLine, call: Call) -> Received:
    """Take what a call of the other system brings; its answer is part of what is given back.

    A call that comes again changes nothing. Raises NotSigned, CannotRead.
    """
    received = platform_of(line).receive(account_of(line), call, now().timestamp())
    take(line, received)
    if received.fetch is not None:
        later("contacts.fetch_messages", line=line.pk, sealed=line.sealed(received.fetch))
    return received


def take(line: MessageLine, received: Received) -> int:
    """Messages and receipts; how many messages were new."""
    new = sum(take_message(line, came) for came in received.came)
    for receipt in received.receipts:
        note_receipt(line, receipt)
    return new


@transaction.atomic
def take_message(line: MessageLine, came: Came) -> bool:
    """Say what a customer wrote, in the chat that goes on with them or a new one.

    False where it was taken before.
    """
    number, moment = _number(came.id), now()
    _row, is_new = CameMessage.objects.get_or_create(
        line=line, external_id=number, defaults={"at": moment}
    )
    if not is_new:
        return False
    thread = _thread(line, came)
    chat = _chat_of(thread)
    digest = hashlib.sha256(number.encode()).hexdigest()[:32]
    for at, part in enumerate(_parts(came.text)):
        say(chat, Message(f"{digest}-{at}", ChatMessage.Side.VISITOR, part))
    Chat.objects.filter(pk=chat.pk).update(visitor_seen_at=moment)
    MessageLine.objects.filter(pk=line.pk).update(came_at=moment)
    return True


def _number(given: str) -> str:
    fits = len(given) <= 120 and not UNSTORABLE.search(given)
    return given if fits else hashlib.sha256(repr(given).encode()).hexdigest()


def _thread(line: MessageLine, came: Came) -> MessageThread:
    """Locked: two messages of one person come one after the other."""
    found = thread_of(line, came.person)
    thread = MessageThread.objects.select_for_update(of=("self",)).get(pk=found.pk)
    thread.line, thread.wrote_at = line, now()
    if came.reply_to:
        thread.sealed_reply_to = seal(came.reply_to, thread.place)
        thread.reply_until = came.reply_until
    thread.save()
    return thread


def _chat_of(thread: MessageThread) -> Chat:
    chat = Chat.objects.filter(thread=thread, ended_at=None).first()
    if chat is not None and _may_go_on(chat):
        return chat
    if chat is not None:
        end_chat(chat, side=ChatMessage.Side.PROGRAM)
    site = thread.line.site
    begun, _token = start_chat(site, language="zh-hans", thread=thread)
    if not is_open(site, now()) and site.away:
        matter = f"contacts.chat/{begun.pk}"
        queue_text(thread.line, thread.person, in_language(site.away), matter=matter)
    return begun


def _may_go_on(chat: Chat) -> bool:
    """Whether another message has room in it; times of turns count from its start (`GROWS`)."""
    has_room = chat.last_seq < MOST_MESSAGES - MOST_TEXT // LONGEST_TEXT
    return has_room and now() - chat.started_at < GROWS


def _parts(given: str) -> list[str]:
    text = UNSTORABLE.sub("", given).strip()[:MOST_TEXT]
    parts = [text[at : at + LONGEST_TEXT].strip() for at in range(0, len(text), LONGEST_TEXT)]
    return [one for one in parts if one] or [_("[Something that cannot be shown here]")]


def _page(line: MessageLine, key: str, token: str) -> Post:
    return wecom.fetch_call(account_of(line), token, key, line.cursor)


def fetch_messages(line: MessageLine, key: str) -> int:
    """Fetch what the other system only told of, page by page; how many messages were new.

    The cursor moves after a page is taken: a page that is fetched again brings nothing new. What
    goes wrong stands at the line, and is raised: the job is tried again.
    """
    new = 0
    since = line.created_at.timestamp()
    for _at in range(MOST_PAGES):
        try:
            received, cursor, has_more = ask(
                line, partial(_page, line, key), partial(wecom.fetched, since)
            )
        except (Refused, Failed, NotAllowed, TimeoutError) as problem:
            note_problem(line, str(problem))
            raise
        new += take(line, received)
        if cursor:
            MessageLine.objects.filter(pk=line.pk, cursor=line.cursor).update(cursor=cursor)
            line.cursor = cursor
        if not has_more:
            break
    return new
