"""Who may read and keep the files of customers.

A customer may call anybody, so files belong to no team: whoever sees customers at all sees each,
masked. The full value needs a right of its own and a reason, and is recorded.
"""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.customers.models import Company, Customer, Identifier
from lingzhi.customers.queries.files import live

READ = "customers.read"
KEEP = "customers.keep"
UNMASK = "customers.unmask"
MERGE = "customers.merge"
MANAGE = "customers.manage"
ANSWER = "customers.answer"
ERASE = "customers.erase"
RIGHTS = (KEEP, UNMASK, MERGE, MANAGE, ERASE)


def require(user: User, capability: str) -> None:
    """Raise PermissionDenied unless the person holds the capability."""
    if not user.can(capability):
        raise PermissionDenied


def rights_of(user: User) -> set[str]:
    """What this person may do with files."""
    return {capability for capability in RIGHTS if user.can(capability)}


def customer_to_read(user: User, pk: int) -> Customer:
    """A customer's file with its company and manager, merged and erased ones too, or 404."""
    rows = Customer.objects.select_related("company", "manager", "created_by", "merged_into")
    found = rows.filter(pk=pk).first() if user.can(READ) else None
    if found is None:
        raise Http404
    return found


def customer_for(user: User, pk: int, capability: str) -> Customer:
    """A file in use with which this person may do what the capability says."""
    customer_to_read(user, pk)
    require(user, capability)
    found = live().select_related("company", "manager").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def identifier_of(user: User, pk: int, identifier: UUID, capability: str) -> Identifier:
    """One identifier of a file in use, with the right to do something with it."""
    customer = customer_for(user, pk, capability)
    found = customer.identifiers.select_related("customer").filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found


def company_to_read(user: User, pk: int) -> Company:
    """A company that is served."""
    require(user, READ)
    found = Company.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
