"""What the organisation does in the background."""

from lingzhi.org import services
from lingzhi.org.queries.privacy import notice_on
from lingzhi.org.services.privacy import STAFF
from lingzhi.org.services.privacy import ask_to_read as ask


def refresh_calendars() -> None:
    """Every day: announced years, the calendar file, and a warning before the calendar ends."""
    services.refresh_calendars()


def ask_to_read() -> None:
    """Every day: who came since, and a version that begins today, to be read and confirmed."""
    notice = notice_on(STAFF)
    if notice is not None:
        ask(notice)
