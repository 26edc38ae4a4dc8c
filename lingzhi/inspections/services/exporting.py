"""Who took findings out of the program."""

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.audit.services import record


@transaction.atomic
def record_findings_export(conversations: int, *, by: User) -> None:
    """The findings of so many conversations were taken out."""
    record(by, "inspections.findings_exported", by, after={"conversations": conversations})
