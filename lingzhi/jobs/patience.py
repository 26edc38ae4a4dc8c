"""A database that is busy or away: wait for it, or do without it until the next beat."""

import time
from collections.abc import Callable
from typing import TypeVar

import structlog
from django.db import InterfaceError, OperationalError, connection

log = structlog.get_logger("lingzhi.jobs")
AWAY = (OperationalError, InterfaceError)
AWAY_SECONDS = 1.0
T = TypeVar("T")


def patiently(act: Callable[[], T]) -> T:
    """Do what must not be left undone, again and again while the database is busy or away."""
    while True:
        try:
            return act()
        except AWAY as error:
            notice_away(error)
            time.sleep(AWAY_SECONDS)


def if_answering(act: Callable[[], object]) -> bool:
    """Do what can wait; False where the database is busy or away."""
    try:
        act()
    except AWAY as error:
        notice_away(error)
        return False
    return True


def notice_away(error: Exception) -> None:
    """Log it and drop the connection, so that the next use opens a new one."""
    log.warning("database.away", error=str(error))
    connection.close()
