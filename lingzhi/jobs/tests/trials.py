"""Functions that tests queue: each leaves a `Run` row of kind `trial` as its visible effect."""

from django.db import OperationalError, transaction

from lingzhi.core.clock import now
from lingzhi.jobs.models import Run
from lingzhi.jobs.services import advance, is_cancelled, settle

PATHS = [
    f"lingzhi.jobs.tests.trials.{name}"
    for name in ("note", "tick", "note_and_settle", "fail", "find_it_locked", "leave", "count_to")
]


def effects() -> list[str]:
    return list(Run.objects.filter(kind="trial").order_by("id").values_list("label", flat=True))


def note(label: str) -> None:
    Run.objects.create(kind="trial", label=label, queued_at=now())


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
