"""Finding and keeping customers without ever storing a plain identifier."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from lingzhi.core.clock import now
from lingzhi.core.encryption import seal
from lingzhi.customers.indexes import TELLING, index_of
from lingzhi.customers.masks import mask_identifier, tail_of
from lingzhi.customers.models import Customer, Identifier

# A customer has one of these; several phones and addresses are common.
ONE_EACH = (Identifier.Kind.NAME, Identifier.Kind.ID_CARD, Identifier.Kind.ACCOUNT)


def customers_for(given: Iterable[dict[str, str]]) -> list[Customer | None]:
    """One customer for each dict `{kind: value}`, found by a telling identifier or made new.

    What else a dict names is added to the customer that was found (see `_is_news`), so a phone
    that comes with an e-mail address once is found by that address later. Given again, nothing
    changes. Runs inside the caller's transaction and audit: imports record one row for the whole
    batch. A dict without any value gives None; one with only a name makes a customer of its own.
    """
    wanted = [_cleaned(identifiers) for identifiers in given]
    known = _known({index for one in wanted for index in one.values()})
    news: list[_News] = []
    people = [_learn(one, known, news) if one else None for one in wanted]
    _keep(news)
    return [person.customer if person else None for person in people]


@dataclass(slots=True, eq=False)
class _Person:
    """A customer and the blind indexes held of each kind, those still to be written included."""

    customer: Customer
    held: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


# person, kind, value, blind index
_News = tuple[_Person, str, str, str]


def _learn(
    given: dict[tuple[str, str], str], known: dict[str, _Person], news: list[_News]
) -> _Person:
    """Whom one dict names, found or new; what it adds goes into `known` and `news`."""
    person = next((known[index] for index in given.values() if index in known), None)
    if person is None:
        person = _Person(Customer(created_at=now()))
    for (kind, value), index in given.items():
        if _is_news(person, kind, index, known):
            person.held[kind].add(index)
            news.append((person, kind, value, index))
            if kind in TELLING:
                known[index] = person
    return person


def _cleaned(identifiers: dict[str, str]) -> dict[tuple[str, str], str]:
    return {
        (kind, value): index_of(kind, value)
        for kind, value in identifiers.items()
        if value and value.strip()
    }


def _known(indexes: set[str]) -> dict[str, _Person]:
    """The people who hold one of these telling identifiers, by its blind index."""
    live = Identifier.objects.filter(customer__merged_into=None)
    telling = live.filter(kind__in=TELLING, blind_index__in=indexes)
    holders = dict(telling.order_by("customer", "kind").values_list("blind_index", "customer"))
    people = {one.pk: _Person(one) for one in Customer.objects.filter(pk__in=holders.values())}
    held = Identifier.objects.filter(customer__in=people).order_by()
    for customer, kind, index in held.values_list("customer", "kind", "blind_index"):
        people[customer].held[kind].add(index)
    return {index: people[customer] for index, customer in holders.items()}


def _is_news(person: _Person, kind: str, index: str, known: dict[str, _Person]) -> bool:
    """Whether the identifier is to be added: nobody is known by it, and it contradicts nothing.

    A second name, account or ID card beside the first may be somebody else's who shares the phone.
    """
    if index in person.held[kind] or index in known:
        return False
    return kind not in ONE_EACH or not person.held[kind]


def _keep(news: list[_News]) -> None:
    customers = {id(person): person.customer for person, _kind, _value, _index in news}
    Customer.objects.bulk_create([one for one in customers.values() if one._state.adding])
    rows = []
    for person, kind, value, index in news:
        row = Identifier(customer=person.customer, kind=kind, blind_index=index)
        fill(row, value)
        rows.append(row)
    Identifier.objects.bulk_create(rows, ignore_conflicts=True)  # another import was quicker


def fill(row: Identifier, value: str) -> None:
    """Put a value into a row that is not stored yet: sealed, masked, found by its tail."""
    row.masked = mask_identifier(row.kind, value)
    row.tail = tail_of(row.kind, value)
    row.sealed = seal(value.strip(), row.place)
