"""Commands that run until they are stopped, and whether any of them runs on a data directory."""

import fcntl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import IO, Any

import structlog
from django.conf import settings
from django.core.management import BaseCommand, CommandError

log = structlog.get_logger("lingzhi.running")


class ServiceCommand(BaseCommand):
    """A command that runs for days: what ends it is one JSON line and a non-zero exit code."""

    requires_system_checks: list[str] = []

    def execute(self, *args: Any, **options: Any) -> str | None:
        sys.excepthook = _log_fatal
        try:
            return super().execute(*args, **options)
        except CommandError as error:
            log.critical("fatal", command=self.__module__.rpartition(".")[2], reason=str(error))
            raise SystemExit(1) from None


def _log_fatal(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    log.critical("fatal", reason=str(error), exc_info=(kind, error, trace))


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
