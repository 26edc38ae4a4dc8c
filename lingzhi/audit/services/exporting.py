"""Taking the log out of the house is an act itself."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from lingzhi.audit.queries import Search
from lingzhi.audit.services.recording import record


@transaction.atomic
def record_export(search: Search, number: int, *, by: Any) -> None:
    """Record who exported how many rows, and what was looked for."""
    asked = {name: str(value) for name, value in asdict(search).items() if value}
    record(by, "audit.exported", by, after={**asked, "rows": number})
