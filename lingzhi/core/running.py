"""Whether any part of the program runs on this data directory: a restore must be alone."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.conf import settings
from django.core.management import CommandError


@contextmanager
def mark_running() -> Iterator[None]:
    """Held by serve, web, live, worker and scheduler as long as they live."""
    with _lock_file() as file:
        _lock(file, fcntl.LOCK_SH, "A restore is under way on this data directory.")
        yield


@contextmanager
def be_alone() -> Iterator[None]:
    """Raise CommandError unless nothing else runs on this data directory."""
    with _lock_file() as file:
        _lock(file, fcntl.LOCK_EX, "The program is running; stop it first.")
        yield


def _lock_file() -> IO[str]:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    return (settings.DATA_DIR / "running.lock").open("w")


def _lock(file: IO[str], kind: int, refusal: str) -> None:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        raise CommandError(refusal) from taken
