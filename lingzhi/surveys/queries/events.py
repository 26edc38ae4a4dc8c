"""What happened that a rule wants judged: conversations that ended, cases that were closed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from django.db.models import Exists, OuterRef, Q, QuerySet

from lingzhi.cases.models import Case
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import ANSWERED, published
from lingzhi.core.clock import now
from lingzhi.org.models import Unit
from lingzhi.surveys.models import Invitation, SendingRule

LOOK_BACK = timedelta(days=7)  # what comes to light later than that is not asked about any more
AT_ONCE = 1000
Rule = SendingRule.Event


@dataclass(frozen=True, slots=True)
class Event:
    """One service to be judged; `key` names it for its rule or plan."""

    key: str
    at: datetime
    customer: int | None
    case: int | None = None
    contact: int | None = None
    agent: int | None = None
    unit: int | None = None


def rules_in_use() -> QuerySet[SendingRule]:
    """The rules in force."""
    rows = SendingRule.objects.filter(ended_at=None, starts_at__lte=now())
    return rows.select_related("questionnaire")


def events_of(rule: SendingRule) -> Iterator[Event]:
    """What this rule wants judged and has no invitation yet, at most AT_ONCE at a time."""
    return _contacts(rule) if rule.event == Rule.CONTACT_ENDED else _cases(rule)


def is_drawn(seed: int, share_percent: int, key: str) -> bool:
    """Whether this one is in the sample. The same seed and key give the same answer for ever."""
    return chance_of(seed, key) * 100 < share_percent


def chance_of(seed: int, key: str) -> float:
    """A number from 0 to 1 that belongs to seed and key."""
    digest = blake2b(f"{seed}|{key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def within(units: list[int]) -> Q:
    """A filter for rows of these units and all below them; none named means all."""
    if not units:
        return Q()
    found = Q(pk__in=[])
    for path in Unit.objects.filter(pk__in=units).values_list("path", flat=True):
        found |= Q(unit__path__startswith=path)
    return found


def key_of_contact(source: str, number: str) -> str:
    """How a conversation is named, also before it was delivered."""
    return f"contact/{source}/{number}"


def _contacts(rule: SendingRule) -> Iterator[Event]:
    known = Invitation.objects.filter(rule=rule, contact=OuterRef("pk"))
    rows = published().filter(
        ~Exists(known), within(rule.units), ANSWERED, direction=Contact.Direction.IN,
        ended_at__gte=_since(rule),
    )  # fmt: skip
    if rule.channels:
        rows = rows.filter(channel__in=rule.channels)
    columns = (
        "pk", "source__code", "external_id", "ended_at", "customer_id", "agent_id", "unit_id",
    )  # fmt: skip
    for pk, source, number, at, customer, agent, unit in rows.order_by("pk").values_list(*columns)[
        :AT_ONCE
    ]:
        key = key_of_contact(source, number)
        yield Event(key, at, customer, contact=pk, agent=agent, unit=unit)


def _cases(rule: SendingRule) -> Iterator[Event]:
    known = Invitation.objects.filter(
        rule=rule, case=OuterRef("pk"), served_at=OuterRef("closed_at")
    )
    rows = Case.objects.filter(
        ~Exists(known), within(rule.units), kind=Case.Kind.CLOSED, closed_at__gte=_since(rule),
        complaint__isnull=rule.event == Rule.CASE_CLOSED,
    )  # fmt: skip
    if rule.channels:
        rows = rows.filter(channel__in=rule.channels)
    for case in rows.order_by("pk")[:AT_ONCE]:
        assert case.closed_at is not None  # by the filter
        yield Event(
            f"case/{case.pk}/{case.cycle}", case.closed_at, case.customer_id, case=case.pk,
            contact=case.contact_id, agent=case.handler_id or case.owner_id, unit=case.unit_id,
        )  # fmt: skip


def _since(rule: SendingRule) -> datetime:
    return max(rule.starts_at, now() - LOOK_BACK)
