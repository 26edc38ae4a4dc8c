"""Meetings in the background."""

from lingzhi.governance.services import meetings, minutes


def prepare_meetings() -> None:
    """Every hour: call what is due, fix what begins soon, tell of what is late."""
    meetings.call_due()
    meetings.fix_due()
    minutes.tell_late()
