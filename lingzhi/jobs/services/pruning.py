"""Forgetting what is over, in small transactions."""

from datetime import timedelta

from django.db import transaction

from lingzhi.core.clock import now
from lingzhi.jobs.models import Job

GROUP = 1_000
OVER = (Job.State.DONE, Job.State.DISCARDED)


def forget_jobs(older_than: timedelta) -> int:
    """Delete jobs done or discarded that long ago; their number. Runs keep what people look for."""
    before = now() - older_than
    forgotten = 0
    while number := _forget_group(before):
        forgotten += number
    return forgotten


@transaction.atomic
def _forget_group(before: object) -> int:
    over = Job.objects.filter(state__in=OVER, finished_at__lt=before)
    keys = list(over.values_list("pk", flat=True)[:GROUP])
    number, _ = Job.objects.filter(pk__in=keys).delete()
    return number
