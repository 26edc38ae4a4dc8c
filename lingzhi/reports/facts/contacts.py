"""Facts about contacts: one row a contact, by what it was, with what indicators say about it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import contacts_of
from lingzhi.contacts.days import UNDATED
from lingzhi.contacts.judged import JUDGED
from lingzhi.contacts.models import Contact, Day
from lingzhi.core.measures import Place
from lingzhi.customers.models import Segment
from lingzhi.customers.queries.segments import segments_of
from lingzhi.reports.facts.axes import PLACES, USUAL, listed
from lingzhi.reports.facts.table import KEY, Amount, Axis, FactTable

SAID = {one.code: Amount(one.code, one.label, one.shape, one.unit) for one in JUDGED}


def versions() -> Mapping[date, str]:
    """The changes a day had (`contacts.days`)."""
    days = Day.objects.exclude(day=UNDATED).values_list("day", "changes")
    return {day: str(changes) for day, changes in days}


def rows(day: date) -> Iterator[dict[str, Any]]:
    """The contacts of a day, with what each indicator says of them."""
    said: dict[int, dict[str, float]] = defaultdict(dict)
    for one in JUDGED:
        names = SAID[one.code].columns
        for key, values in one.answers(day):
            said[key] |= dict(zip(names, values, strict=True))
    zone = timezone.get_default_timezone()
    found = contacts_of(Place(), day, day).select_related("channel")
    classes = classes_of(contact.customer_id for contact in found)
    for contact in found:
        start = contact.started_at
        yield {
            KEY: contact.pk,
            "hour": start.astimezone(zone).hour if start else None,
            "unit": contact.unit_id,
            "agent": contact.agent_id,
            "channel": contact.channel.code,
            "direction": contact.direction,
            "segment": classes.get(contact.customer_id),
            "outcome": contact.outcome or None,
            "queue": contact.queue or None,
            "number_above": 1.0,
            **said[contact.pk],
        }


def classes_of(customers: Iterable[int | None]) -> dict[int | None, str]:
    """The class that decides how each of these customers is served, where there is one."""
    found = segments_of({pk for pk in customers if pk is not None})
    return {pk: segments[0].code for pk, segments in found.items() if segments}


def class_of_customer() -> Axis:
    """The class that a customer belonged to when the facts of the day were last written."""
    return Axis("segment", _("Class of customer"), "segment", _segments)


def _segments(_values: object) -> dict[str, str]:
    return {one.code: one.name for one in Segment.objects.all()}


def _as_written(values: Any) -> dict[str, str]:
    return {value: value for value in sorted(value for value in values if value)}


CONTACTS = FactTable(
    code="contacts",
    label=_("Conversations"),
    about=_("Every contact, with what the indicators of the telephone and of writing say of it."),
    places={
        KEY: pa.int64(),
        **PLACES,
        "direction": pa.string(),
        "segment": pa.string(),
        "outcome": pa.string(),
        "queue": pa.string(),
    },
    axes=(
        *USUAL,
        Axis("direction", _("Direction"), "direction", listed(Contact.Direction.choices)),
        class_of_customer(),
        Axis("outcome", _("Outcome"), "outcome", _as_written),
        Axis("queue", _("Queue"), "queue", _as_written),
    ),
    amounts=(Amount("number", _("Contacts")), *SAID.values()),
    versions=versions,
    rows=rows,
)
