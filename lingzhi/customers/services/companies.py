"""Companies that are served."""

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.customers.models import Company


@transaction.atomic
def keep_company(company: Company, *, by: User) -> Company:
    """Store a company, new or changed."""
    if company.pk is None:
        company.created_at = now()
    company.save()
    record(by, "customers.company_kept", company, after={"number": company.number})
    return company
