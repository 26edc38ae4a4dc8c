"""Cases in the background."""

from lingzhi.cases.services.escalation import escalate as escalate_clocks
from lingzhi.cases.services.watching import watch_clocks as watch


def watch_clocks() -> None:
    """Warn of time limits that run out, and judge those that ran over."""
    watch()


def escalate() -> None:
    """Act on levels of escalation that are reached."""
    escalate_clocks()
