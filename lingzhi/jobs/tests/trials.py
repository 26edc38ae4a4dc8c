"""Functions that tests queue: each leaves a `Run` row of kind `trial` as its visible effect."""

import os
import signal
import time
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, transaction

from lingzhi.core.clock import now
from lingzhi.jobs.models import Run
from lingzhi.jobs.services import advance, is_cancelled, settle


def effects() -> list[str]:
    return list(Run.objects.filter(kind="trial").order_by("id").values_list("label", flat=True))


def note(label: str) -> None:
    Run.objects.create(kind="trial", label=label, state="done", queued_at=now(), finished_at=now())


def tick() -> None:
    note("tick")


@transaction.atomic
def note_and_settle(label: str) -> None:
    note(label)
    settle()


def fail(message: str = "no paper") -> None:
    raise ValueError(message)


def find_it_locked() -> None:
    raise OperationalError("database is locked")


def leave() -> None:
    raise SystemExit(3)


def count_to(run_id: int, last: int, group: int = 2) -> None:
    run = Run.objects.get(pk=run_id)
    while run.done < last and not is_cancelled(run):
        with transaction.atomic():
            note(f"from {run.done}")
            advance(run, done=group, counts={"groups": 1}, position=str(run.done + group))


def count_and_stumble(run_id: int, last: int, strides: int) -> None:
    """Go on by `strides` rows, then fail, until `last` is reached."""
    run = Run.objects.get(pk=run_id)
    for _stride in range(strides):
        with transaction.atomic():
            advance(run, done=1)
    if run.done < last:
        raise ValueError(f"stumbled at {run.done}")


def die_once(label: str, point: str) -> None:
    """Write the effect and end in one transaction; the first try is killed at `point`."""
    _die(label, point, "before")
    with transaction.atomic():
        _die(label, point, "in the transaction")
        note(label)
        settle()
        _die(label, point, "before the commit")
    _die(label, point, "after the commit")


def _die(label: str, point: str, here: str) -> None:
    trace = Path(settings.DATA_DIR) / f"killed-{label}"
    if point == here and not trace.exists():
        trace.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def sleep(label: str, seconds: float) -> None:
    """Take a while, then write."""
    time.sleep(seconds)
    note_and_settle(label)


def hang_once(label: str) -> None:
    """Never come back the first time."""
    trace = Path(settings.DATA_DIR) / f"hung-{label}"
    if not trace.exists():
        trace.touch()
        time.sleep(3600)
    note_and_settle(label)
