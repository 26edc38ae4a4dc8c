"""An archive that leaves the program leaves its trace."""

from django.db import transaction

from lingzhi.accounts.models import User
from lingzhi.audit.services import record


@transaction.atomic
def record_archive_print(person: User, *, by: User) -> None:
    """Somebody took a person's archive out."""
    record(by, "inspections.archive_printed", person)
