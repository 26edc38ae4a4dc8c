"""Seeing who complains, by need (I-53): with a reason, and it is written down."""

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Complaint
from lingzhi.cases.services.words import demanded
from lingzhi.customers.models import Identifier


@transaction.atomic
def view_complainant(complaint: Complaint, reason: str, *, by: User) -> list[Identifier]:
    """What identifies the complainant, masked as everywhere. Raises BadInput without a reason."""
    words = demanded(reason, 300, field="reason")
    record(by, "cases.complainant_viewed", complaint, reason=words)
    customer = complaint.case.customer
    return list(customer.identifiers.all()) if customer else []
