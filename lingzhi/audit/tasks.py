"""Recurring work on the log: see `settings.SCHEDULES`."""

from django.conf import settings

from lingzhi.audit.services import make_checkpoints, seal_log, verify_log


def seal() -> None:
    """Chain what was written since the last time."""
    seal_log()


def checkpoint() -> None:
    """Sign the state of the chain, outside the database."""
    make_checkpoints(settings.DATA_DIR / "checkpoints")


def verify(by: str = "") -> None:
    """Look over the whole chain; once a day, and when somebody (`by`) asks."""
    verify_log(settings.DATA_DIR / "checkpoints", by=by)
