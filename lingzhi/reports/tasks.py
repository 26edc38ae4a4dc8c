"""Reports that are due, written in the background."""

from lingzhi.reports import services


def write_due() -> None:
    """Write what is due; a second call finds nothing to do."""
    services.write_due_reports()


def write_facts() -> None:
    """Write the facts of days that changed; a second call finds nothing to do."""
    services.write_stale_facts()
