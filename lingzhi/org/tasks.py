"""What the organisation does in the background."""

from lingzhi.org import services


def refresh_calendars() -> None:
    """Every day: announced years, the calendar file, and a warning before the calendar ends."""
    services.refresh_calendars()
