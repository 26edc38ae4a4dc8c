"""The live floor (现场): conversations that go on, and what was found in them so far."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.access.chats import may_intervene
from lingzhi.contacts.models import Chat, ChatMessage, OpenContact
from lingzhi.contacts.presenting import ShownTurn, shown_turns
from lingzhi.contacts.services.chats import new_client_id
from lingzhi.core.clock import now
from lingzhi.inspections.models import LiveFinding, RuleVersion
from lingzhi.inspections.presenting.findings import ShownFinding, marks_of, shown_finding
from lingzhi.inspections.queries import severe_first

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ShownOpen:
    """One conversation of the floor; `seconds` since it began. With `chat` it is a chat, of which
    `waited` says how long the visitor waited, or has waited by now."""

    contact: OpenContact
    hits: list[RuleVersion]
    seconds: int | None
    chat: Chat | None = None
    waited: int | None = None


def shown_floor(rows: QuerySet[OpenContact]) -> list[ShownOpen]:
    """The conversations that go on: those with severe findings first, then the newest words."""
    found = _counting(LiveFinding.objects.filter(contact=OuterRef("pk")))
    ordered = rows.filter(closed_at=None).order_by(Exists(found).desc(), "-moved_at")
    contacts = list(ordered[:MOST_SHOWN])
    hits = _hits_of(contacts)
    chats = {chat.live_id: chat for chat in Chat.objects.filter(live__in=contacts)}
    shown = [
        ShownOpen(
            one, hits.get(one.pk, []), _seconds(one.started_at), chats.get(one.pk),
            _waited(chats.get(one.pk)),
        )
        for one in contacts
    ]  # fmt: skip
    shown.sort(key=lambda one: severe_first(one.hits[0]) if one.hits else NOTHING)
    return shown


NOTHING = (9, 9, "")  # behind every finding


def _seconds(start: datetime | None) -> int | None:
    return None if start is None else max(0, round((now() - start).total_seconds()))


def _waited(chat: Chat | None) -> int | None:
    """Until the visitor was first answered; until now where nobody has."""
    if chat is None:
        return None
    return max(0, round(((chat.answered_at or now()) - chat.started_at).total_seconds()))


def step_in(contact: OpenContact, user: User) -> dict[str, Any]:
    """What a supervisor may do with a chat that goes on; nothing where it is none, or one's own."""
    chat = Chat.objects.filter(live=contact).exclude(state=Chat.State.ENDED).first()
    if chat is None or not may_intervene(user, chat):
        return {}
    whispers = chat.messages.filter(kind=ChatMessage.Kind.WHISPER).select_related("person")
    return {"chat": chat, "whispers": whispers, "whisper_id": new_client_id()}


def _hits_of(contacts: Sequence[OpenContact]) -> dict[int, list[RuleVersion]]:
    """The versions that hit each conversation, severe first; each version is read once."""
    rows = _counting(LiveFinding.objects.filter(contact__in=contacts))
    pairs = rows.order_by().values_list("contact_id", "version_id").distinct()
    found: dict[int, list[int]] = defaultdict(list)
    for contact, version in pairs:
        found[contact].append(version)
    wanted = {version for several in found.values() for version in several}
    versions = RuleVersion.objects.select_related("rule").in_bulk(wanted)
    return {
        contact: sorted((versions[one] for one in several), key=severe_first)
        for contact, several in found.items()
    }


def _counting(rows: QuerySet[LiveFinding]) -> QuerySet[LiveFinding]:
    """Findings of rules in force; those in shadow count for nobody."""
    return rows.filter(version__state=RuleVersion.State.ACTIVE)


@dataclass(frozen=True, slots=True)
class ShownTalk:
    """One open conversation with its words, the newest first, and findings."""

    contact: OpenContact
    turns: list[ShownTurn]
    hits: list[ShownFinding]


def shown_talk(contact: OpenContact) -> ShownTalk:
    """What was said and found so far."""
    turns = {turn.seq: turn for turn in contact.turns.all()}
    by_version: dict[RuleVersion, list[LiveFinding]] = defaultdict(list)
    for one in _counting(contact.live_findings.select_related("version__rule")):
        by_version[one.version].append(one)
    hits = [shown_finding(version, "hit", found, turns) for version, found in by_version.items()]
    hits.sort(key=lambda hit: severe_first(hit.version))
    return ShownTalk(contact, shown_turns(contact, marks_of(hits))[::-1], hits)
