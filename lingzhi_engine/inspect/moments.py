"""Points in time as rules and data write them."""

from __future__ import annotations

from datetime import UTC, date, datetime


def moment(value: object) -> datetime | None:
    """The point in time written as ISO 8601, UTC where no zone is given; ``None`` if it is none."""
    if isinstance(value, datetime):
        found = value
    elif isinstance(value, date):
        found = datetime(value.year, value.month, value.day, tzinfo=UTC)
    else:
        try:
            found = datetime.fromisoformat(str(value))
        except ValueError:
            return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def duration_ms(started_at: object, ended_at: object) -> int | None:
    """Milliseconds from the one to the other; ``None`` when one is unknown or they are swapped."""
    started, ended = moment(started_at), moment(ended_at)
    if started is None or ended is None or ended < started:
        return None
    return round((ended - started).total_seconds() * 1000)
