"""What surveys do in the background."""

from lingzhi.surveys.services import counting


def mark_days() -> None:
    """Every hour: indicators hear of answers, and of time to answer that is over."""
    counting.mark_changed_days()
