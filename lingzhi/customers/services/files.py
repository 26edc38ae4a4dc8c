"""The customer's file (客户档案): begun at the first contact, kept by whoever serves."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.customers.indexes import TELLING, index_of
from lingzhi.customers.models import Customer, Identifier, ManagerTerm
from lingzhi.customers.services.known import ONE_EACH, fill
from lingzhi.customers.services.notes import note, require_open
from lingzhi_engine.privacy import mask

FACTS = ("company", "post", "preferred_channel", "preferred_times", "special_needs")


class KnownAlready(DomainError):
    """Somebody else has this phone, e-mail, account or ID card; `customer` is whose it is."""

    code = "known_already"

    def __init__(self, customer: int) -> None:
        self.customer = customer
        super().__init__(_("This identifies %(customer)s already.") % {"customer": f"C{customer}"})


@transaction.atomic
def begin_file(identifiers: Mapping[str, str], *, by: User, **facts: Any) -> Customer:
    """Begin a file with `{kind: value}` and what else is known (FACTS).

    Raises KnownAlready where a telling identifier leads to somebody, BadInput without any.
    """
    given = {kind: value for kind, value in identifiers.items() if value.strip()}
    if not given:
        raise BadInput(_("Give at least a name or a way to reach the customer."), field="name")
    customer = Customer.objects.create(created_at=now(), created_by=by, **_facts(facts))
    for kind, value in given.items():
        _keep(customer, kind, value)
    record(by, "customers.file_begun", customer, after={"identifiers": sorted(given)})
    return customer


def _facts(facts: dict[str, Any]) -> dict[str, Any]:
    """Only what a file holds; what people wrote freely is masked."""
    known = {name: facts[name] for name in FACTS if name in facts}
    return {name: mask(one) if isinstance(one, str) else one for name, one in known.items()}


def _keep(customer: Customer, kind: str, value: str) -> Identifier:
    index = index_of(kind, value)
    if kind in TELLING:
        live = Identifier.objects.filter(kind=kind, blind_index=index, customer__merged_into=None)
        holder = live.exclude(customer=customer).values_list("customer", flat=True).first()
        if holder is not None:
            raise KnownAlready(holder)
    row = Identifier(customer=customer, kind=kind, blind_index=index)
    fill(row, value)
    row.save(force_insert=True)
    return row


@transaction.atomic
def change_file(customer: Customer, *, by: User, **facts: Any) -> None:
    """Change what a file says (FACTS); a file that stays as it is leaves no trace."""
    require_open(customer)
    new = _facts(facts)
    changed = {name: one for name, one in new.items() if getattr(customer, name) != one}
    if not changed:
        return
    before = {name: _plain(getattr(customer, name)) for name in changed}
    Customer.objects.filter(pk=customer.pk).update(**changed)
    after = {name: _plain(one) for name, one in changed.items()}
    record(by, "customers.file_changed", customer, before=before, after=after)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str) else value.pk


class HasOne(DomainError):
    code = "has_one"
    message = _("There is one already. Take it away first.")


@transaction.atomic
def add_identifier(customer: Customer, kind: str, value: str, *, by: User) -> Identifier:
    """Add what identifies the customer. Raises HasOne for a second name, account or ID card, and
    KnownAlready where it is somebody else's.
    """
    require_open(customer)
    if not value.strip():
        raise BadInput(_("This must be given."), field="value")
    if kind in ONE_EACH and customer.identifiers.filter(kind=kind).exists():
        raise HasOne()
    try:
        with transaction.atomic():
            row = _keep(customer, kind, value)
    except IntegrityError:
        raise HasOne() from None
    record(by, "customers.identifier_added", customer, after={"kind": kind})
    return row


@transaction.atomic
def drop_identifier(identifier: Identifier, *, reason: str, by: User) -> None:
    """Take away what no longer identifies the customer. What is gone is only told by its kind."""
    require_open(identifier.customer)
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    deleted, _each = Identifier.objects.filter(pk=identifier.pk).delete()
    if deleted:
        gone = {"kind": identifier.kind}
        record(by, "customers.identifier_dropped", identifier.customer, before=gone, reason=reason)


@transaction.atomic
def reveal_identifier(identifier: Identifier, *, reason: str, by: User) -> str:
    """What identifies the customer, in the clear. The reason and who asked are recorded."""
    if not reason.strip():
        raise BadInput(_("Say why you need to see it."), field="reason")
    after = {"identifier": str(identifier.pk), "kind": identifier.kind}
    record(by, "customers.revealed", identifier.customer, after=after, reason=reason.strip())
    return identifier.reveal()


@transaction.atomic
def give_manager(customer: Customer, manager: User | None, *, by: User | None) -> None:
    """Say who looks after a customer (客户经理); the terms of earlier ones stay."""
    before = customer.manager_id
    if before == (manager.pk if manager else None):
        return
    note(ManagerTerm(customer=customer, manager=manager), by=by)
    Customer.objects.filter(pk=customer.pk).update(manager=manager)
    customer.manager = manager
