"""Putting work into the queue."""

from datetime import datetime
from typing import Any

from django.db import transaction

from lingzhi.core.clock import now
from lingzhi.core.origin import current_origin
from lingzhi.jobs.messages import send
from lingzhi.jobs.models import Job, Run
from lingzhi.jobs.registry import check_arguments


def later(
    name: str, /, *, queue: str = "short", run_after: datetime | None = None, **kwargs: Any
) -> Job:
    """Call the function `app.name` of `settings.JOBS` with `kwargs` in the background.

    Queued in the caller's transaction: what is rolled back never runs. The function may be called
    again after a crash, so it writes its effect together with `settle()` or so that a second call
    changes nothing. `kwargs` hold JSON values only: ids, not objects.

    Raises UnknownJob for a name that is not listed and TypeError for arguments that do not fit.
    """
    check_arguments(name, kwargs)
    return enqueue(name, kwargs, queue=queue, run_after=run_after)


@transaction.atomic
def enqueue(
    name: str,
    kwargs: dict[str, Any],
    *,
    queue: str,
    run_after: datetime | None = None,
    run: Run | None = None,
) -> Job:
    """`later` without its checks, and with the run the job belongs to."""
    moment = now()
    job = Job.objects.create(
        name=name,
        kwargs=kwargs,
        queue=queue,
        run=run,
        queued_at=moment,
        run_after=run_after or moment,
        request_id=current_origin.get().request_id,
    )
    send(job)
    return job
