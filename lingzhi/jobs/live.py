"""`/live/jobs/<run>`: the progress of a run as it happens."""

from collections.abc import Collection
from typing import Any

from django.http import HttpResponseBase
from django.views.decorators.http import require_GET

from lingzhi.core.live import State, Tail, still_allowed
from lingzhi.jobs.access import run_to_read
from lingzhi.jobs.models import Run


def read_runs(keys: Collection[int]) -> dict[int, State]:
    """What the page shows of each run."""
    return {
        run.pk: {
            "state": run.state,
            "done": run.done,
            "total": run.total,
            "percent": run.percent,
            "counts": run.counts,
            "is_finished": run.is_finished,
        }
        for run in Run.objects.filter(pk__in=keys)
    }


tail = Tail(read_runs)


@require_GET
def stream(request: Any, pk: int) -> HttpResponseBase:
    run = run_to_read(request.user, pk)

    def may(user: Any) -> bool:
        return bool(run_to_read(user, pk))

    return tail.answer(run.pk, still_allowed(request.session.session_key, may))
