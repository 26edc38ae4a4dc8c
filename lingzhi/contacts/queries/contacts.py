"""Reading conversations: always through what the person may see."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact, OpenContact
from lingzhi.contacts.readers import unnamed
from lingzhi.contacts.search import matching
from lingzhi.core.clock import midnight
from lingzhi.customers.models import Identifier
from lingzhi.customers.queries import customers_known_by
from lingzhi.imports.models import Batch
from lingzhi.org.queries import reach, step_of

# What an agent took (接通): its words are here, or the phone system told when it was answered.
ANSWERED = Q(turn_count__gt=0) | Q(answered_at__isnull=False)


def published() -> QuerySet[Contact]:
    """Contacts that count: those of unfinished imports are left out."""
    unfinished = Batch.objects.filter(pk=OuterRef("batch_id"), finished_at=None)
    return Contact.objects.exclude(Exists(unfinished))


def with_words(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """Of `rows` those whose words are here, withheld or not: what is counted as a conversation."""
    return rows.filter(turn_count__gt=0)


def conversations(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """Of `rows` those whose words are here and not withheld: they can be read and inspected."""
    return with_words(rows).filter(withheld_at=None)


def unanswered(rows: QuerySet[Contact]) -> QuerySet[Contact]:
    """Of `rows` the calls that nobody answered (未接、呼损)."""
    return rows.filter(turn_count=0, answered_at=None)


def visible_to(user: User, capability: str = "contacts.read") -> QuerySet[Contact]:
    """Published contacts within the reach of `user` for `capability`.

    A contact of no team (its agent is not known, or none was named) is seen by who reaches the
    whole company, and by who brought it in, as long as that person may bring contacts in.
    """
    where = reach(user, capability)
    found = where.over("unit__path", "agent_id")
    if where.is_everything:
        found |= Q(unit=None)
    elif where.paths and user.can("contacts.import"):
        found |= Q(unit=None, batch__created_by=user)
    return published().filter(found)


def open_to(user: User, capability: str = "contacts.read") -> QuerySet[OpenContact]:
    """Conversations told while they go on, within the reach of `user`; also those just closed."""
    where = reach(user, capability)
    found = where.over("unit__path", "agent_id")
    if where.is_everything:
        found |= Q(unit=None)
    rows = OpenContact.objects.select_related("source", "channel", "agent", "unit")
    return rows.filter(found)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of contacts is narrowed to; None and "" mean no narrowing."""

    text: str = ""
    channel: str = ""
    direction: str = ""
    source: str = ""
    agent: str = ""
    answered: str = ""  # yes: conversations, no: calls that nobody answered
    unit: int | None = None
    batch: int | None = None
    customer: int | None = None
    from_on: date | None = None
    to_on: date | None = None

    def apply(
        self, rows: QuerySet[Contact], *, identified: QuerySet[Contact] | None = None
    ) -> QuerySet[Contact]:
        """The rows that fit. Those that are also `identified` are found by their customer's phone,
        account, e-mail address or ID card, too.
        """
        simple: dict[str, Any] = {
            "channel__code": self.channel,
            "direction": self.direction,
            "source__code": self.source,
            "agent__staff_no": self.agent,
            "batch": self.batch,
            "customer": self.customer,
        }
        rows = rows.filter(**{name: value for name, value in simple.items() if value})
        if self.answered:
            rows = rows.filter(turn_count__gt=0) if self.answered == "yes" else unanswered(rows)
        if self.unit:
            rows = rows.filter(unit__path__contains=step_of(self.unit))
        if self.from_on:
            rows = rows.filter(started_at__gte=midnight(self.from_on))
        if self.to_on:
            rows = rows.filter(started_at__lt=midnight(self.to_on + timedelta(days=1)))
        return rows.filter(self._fitting(identified)) if self.text.strip() else rows

    def as_json(self) -> dict[str, Any]:
        """The filters that narrow, for a stored run."""
        found = asdict(self)
        dates = {
            name: value.isoformat() for name, value in found.items() if isinstance(value, date)
        }
        return {name: value for name, value in (found | dates).items() if value}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Filters":
        """The filters that `as_json` stored."""
        values = dict(stored)
        for name in ("from_on", "to_on"):
            if name in values:
                values[name] = date.fromisoformat(values[name])
        return cls(**values)

    def _fitting(self, identified: QuerySet[Contact] | None) -> Q:
        """A number finds its contact; anything else is searched in the words."""
        fitting = Q(external_id=unnamed(self.text.strip()))
        if found := matching(self.text):
            fitting |= Q(pk__in=found)
        customers = customers_known_by(self.text) if identified is not None else []
        if identified is not None and customers:
            fitting |= Q(pk__in=identified.filter(customer__in=customers).values("pk"))
        return fitting


def neighbours(contact: Contact, rows: QuerySet[Contact]) -> tuple[int | None, int | None]:
    """Ids of the contact before and after this one in a list sorted newest first."""
    at = contact.started_at
    if at is None:
        newer = rows.filter(Q(started_at__isnull=False) | Q(pk__gt=contact.pk))
        older = rows.filter(started_at__isnull=True, pk__lt=contact.pk)
    else:
        newer = rows.filter(Q(started_at__gt=at) | Q(started_at=at, pk__gt=contact.pk))
        older = rows.filter(
            Q(started_at__lt=at) | Q(started_at=at, pk__lt=contact.pk) | Q(started_at__isnull=True)
        )
    before = newer.order_by("started_at", "pk").values_list("pk", flat=True).first()
    after = older.order_by("-started_at", "-pk").values_list("pk", flat=True).first()
    return before, after


def unmatched(user: User) -> QuerySet[Contact]:
    """Contacts of agents nobody knows, as far as `user` may say who they are."""
    return visible_to(user, "contacts.match").filter(agent=None).exclude(agent_reference="")


def unknown_agents(user: User) -> QuerySet[Any]:
    """Names of agents as delivered that fit nobody, with the number of waiting contacts."""
    return (
        unmatched(user)
        .values("source__code", "source__name", "agent_reference")
        .annotate(contacts=Count("pk"))
        .order_by("-contacts", "agent_reference")
    )


def identifiers_of(contact: Contact) -> QuerySet[Identifier]:
    """What identifies the customer of a contact, masked; nothing where nobody is known."""
    return Identifier.objects.filter(customer=contact.customer_id).order_by("kind", "pk")
