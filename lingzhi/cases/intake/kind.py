"""Tickets as a kind of import: any system's table, and data sets with a form of their own."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.intake import incident_log
from lingzhi.cases.intake.fields import FIELDS
from lingzhi.cases.intake.rows import Known, read_ticket
from lingzhi.cases.models import CaseType
from lingzhi.cases.services.bringing import Ticket, bring_cases
from lingzhi.core.intake import Adapter, ImportKind, Published, Record
from lingzhi.org.queries import open_units

ADAPTERS = {"incident_log": Adapter("ServiceNow / UCI 498", incident_log.records)}


def _reader() -> Callable[[Record], Ticket]:
    """Reads records with the types, units and people there are now."""
    known = Known(
        dict(CaseType.objects.filter(retired_at=None).values_list("code", "pk")),
        dict(open_units().values_list("code", "pk")),
        dict(User.objects.filter(is_active=True).values_list("staff_no", "pk")),
    )
    return lambda record: read_ticket(record, known)


def _publish(source: str, items: Sequence[Any], batch: Any) -> Published:
    return bring_cases(source, items, batch)


KIND = ImportKind(
    code="cases",
    label=_("Service cases"),
    capability="cases.import",
    fields=FIELDS,
    reader=_reader,
    publish=_publish,
    key="number",
    key_of=attrgetter("number"),
    result="cases:list",
    adapters=ADAPTERS,
)
