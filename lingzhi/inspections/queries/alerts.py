"""What goes on now, as far as limits are set for it, and the alerts somebody may see."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Call, Chat, OpenContact, OpenTurn
from lingzhi.core.clock import now
from lingzhi.inspections.models import Alert, AlertLimit, LiveFinding
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach

FLOOR = "contacts.floor"
Kind = AlertLimit.Kind


@dataclass(frozen=True, slots=True)
class Goes:
    """One conversation or call that goes on: what it is about, and a value of each kind."""

    matter: str
    number: str
    unit: Unit
    agent: int | None
    live: int | None
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Over:
    """A limit that is reached."""

    limit: AlertLimit
    level: str
    value: int
    what: Goes


class Limits:
    """The limits in force, read once; those of the nearest unit hold."""

    def __init__(self) -> None:
        rows = AlertLimit.objects.filter(retired_at=None).select_related("unit")
        self.rows = list(rows.prefetch_related("rules"))
        self.kinds = {one.kind for one in self.rows}
        self.words = {word for one in self.rows for word in one.said}
        self.rules = {rule.pk for one in self.rows for rule in one.rules.all()}

    def at(self, unit: Unit) -> Iterable[AlertLimit]:
        """The limits that hold at a unit."""
        above = [one for one in self.rows if unit.path.startswith(one.unit.path)]
        return {one.kind: one for one in sorted(above, key=lambda one: one.unit.depth)}.values()


def reached_now(limits: Limits) -> list[Over]:
    """Every limit that is reached at this moment."""
    if not limits.rows:
        return []
    root = Unit.objects.filter(parent=None).first()
    if root is None:
        return []
    return [
        Over(limit, level, round(value), what)
        for what in (*_conversations(limits, root), *_calls(root))
        for limit in limits.at(what.unit)
        if (value := _value(what.values, limit)) is not None and (level := limit.level_of(value))
    ]


def _value(values: Mapping[str, float], limit: AlertLimit) -> float | None:
    """Of findings and words those that the limit names."""
    if not limit.is_counted:
        return values.get(limit.kind)
    named = limit.said if limit.kind == Kind.WORDS else [str(one.pk) for one in limit.rules.all()]
    return sum(values.get(f"{limit.kind}:{one}", 0) for one in named)


def _conversations(limits: Limits, root: Unit) -> Iterator[Goes]:
    rows = OpenContact.objects.filter(closed_at=None).select_related("unit")
    contacts = list(rows)
    chats = {one.live_id: one for one in Chat.objects.filter(live__in=contacts)}
    counted = _counts(contacts, limits)
    said = _said(contacts, limits)
    for one in contacts:
        chat = chats.get(one.pk)
        values = dict(counted.get(one.pk, {}))
        if chat is not None and chat.state == Chat.State.WAITING:
            values[Kind.WAIT] = _since(chat.queued_at)
        elif one.agent_id:
            values[Kind.LENGTH] = _since(one.started_at or one.opened_at)
            values[Kind.SILENT] = _since(one.moved_at)
            values |= said.get(one.pk, {})
        yield Goes(f"live/{one.source_id}/{one.external_id}", one.external_id, one.unit or root,
                   one.agent_id, one.pk, values)  # fmt: skip


def _since(at: datetime) -> float:
    return (now() - at).total_seconds()


def _counts(contacts: Sequence[OpenContact], limits: Limits) -> dict[int, dict[str, float]]:
    """How many findings of each rule, and how often each word, by conversation."""
    found: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    if limits.rules:
        rows = LiveFinding.objects.filter(contact__in=contacts, version__rule__in=limits.rules)
        for contact, rule in rows.values_list("contact_id", "version__rule_id").distinct():
            found[contact][f"{Kind.FINDING}:{rule}"] += 1
    if limits.words:
        turns = OpenTurn.objects.filter(contact__in=contacts, role="customer")
        for contact, text in turns.values_list("contact_id", "text").iterator():
            for word in limits.words:
                found[contact][f"{Kind.WORDS}:{word}"] += text.count(word)
    return found


def _said(contacts: Collection[OpenContact], limits: Limits) -> dict[int, dict[str, float]]:
    """For how long the customer has been waiting for a reply, since the first word of theirs."""
    if Kind.UNANSWERED not in limits.kinds:
        return {}
    since: dict[int, datetime | None] = {}
    turns = OpenTurn.objects.filter(contact__in=contacts, role__in=["customer", "agent"])
    for contact, role, at in turns.order_by("contact", "seq").values_list(
        "contact_id", "role", "received_at"
    ):
        since[contact] = None if role == "agent" else since.get(contact) or at
    return {key: {Kind.UNANSWERED: _since(at)} for key, at in since.items() if at is not None}


def _calls(root: Unit) -> Iterator[Goes]:
    """Calls that wait, and talks of which nobody tells the words."""
    heard = OpenContact.objects.filter(closed_at=None).values_list("source_id", "external_id")
    with_words = set(heard)
    rows = Call.objects.exclude(state=Call.State.OVER).filter(direction="in")
    for one in rows.select_related("unit"):
        values: dict[str, float] = {}
        if one.state == Call.State.WAITING and one.queued_at:
            values[Kind.WAIT] = _since(one.queued_at)
        elif one.answered_at and (one.source_id, one.external_id) not in with_words:
            values[Kind.LENGTH] = _since(one.answered_at)
        yield Goes(f"live/{one.source_id}/{one.external_id}", one.external_id, one.unit or root,
                   one.agent_id, None, values)  # fmt: skip


def alerts_visible_to(user: User) -> QuerySet[Alert]:
    """Alerts about conversations within reach of who leads the floor."""
    where = reach(user, FLOOR).over("unit__path", "agent_id")
    rows = Alert.objects.filter(where).exclude(agent=user)
    return rows.select_related("limit", "live", "agent", "unit", "answered_by")


def alerts_now(user: User) -> QuerySet[Alert]:
    """Those that go on, red first, the longest first."""
    return alerts_visible_to(user).filter(ended_at=None).order_by("level", "began_at")[:50]


def limits_seen_by(user: User) -> list[tuple[AlertLimit, bool]]:
    """The limits of one's units, and those above that hold there; whether one may change each."""
    mine = reach(user, FLOOR)
    rows = AlertLimit.objects.filter(retired_at=None).select_related("unit")
    seen = [(one, mine.covers(one.unit, None)) for one in rows.prefetch_related("rules")]
    return [
        (one, is_mine) for one, is_mine in seen
        if is_mine or any(path.startswith(one.unit.path) for path in mine.paths)
    ]  # fmt: skip
