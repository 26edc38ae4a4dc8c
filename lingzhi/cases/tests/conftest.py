"""A calendar that is published, and a clock that the test turns."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.contacts.tests.post_office import counter, mailbox, office
from lingzhi.customers.models import Customer
from lingzhi.org.models import Calendar
from lingzhi.org.models.calendars import Opening

__all__ = ["counter", "mailbox", "office"]  # real mail servers
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def calendar(db) -> Calendar:
    """The default calendar: Monday to Friday, published for 2026."""
    found = Calendar.objects.create(
        name="工作日", country="CN", zone="Asia/Shanghai", is_default=True,
        published_from=date(2026, 1, 1), published_until=date(2026, 12, 31),
    )  # fmt: skip
    hours = "09:00-12:00,13:00-18:00"
    Opening.objects.bulk_create(
        Opening(calendar=found, weekday=weekday, slots=hours) for weekday in range(5)
    )
    return found


@pytest.fixture
def at(monkeypatch) -> Callable[[str], datetime]:
    """`at("2026-03-06 10:00")`: it is that moment in the centre's zone, until the next call."""

    def turn(text: str) -> datetime:
        moment = datetime.fromisoformat(text).replace(tzinfo=ZONE)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
        return moment

    return turn


@pytest.fixture
def contact_of(cast) -> Callable[[Customer], Contact]:
    """A conversation of Bo's with this customer."""

    def make(customer: Customer) -> Contact:
        talk = make_contact()
        Contact.objects.filter(pk=talk.pk).update(agent=cast.bo, unit=cast.first, customer=customer)
        talk.refresh_from_db()
        return talk

    return make
