"""Recurring work: who moves a schedule on, queues its job, so two schedulers queue it once."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from lingzhi.core.clock import now
from lingzhi.jobs.models import Job, Schedule
from lingzhi.jobs.registry import check_arguments
from lingzhi.jobs.services.queueing import enqueue
from lingzhi.jobs.timing import Every, timing_of

IN_FLIGHT = (Job.State.QUEUED, Job.State.RUNNING)


@transaction.atomic
def adopt_schedules() -> None:
    """Bring the table in line with `settings.SCHEDULES` (`timing` or `timing on long`).

    Raises UnknownJob or BadTiming: a schedule that cannot work stops the start.
    """
    for name, text in settings.SCHEDULES.items():
        check_arguments(name, {})
        first = timing_of(_split(text)[0]).after(now())
        row, _ = Schedule.objects.get_or_create(
            name=name, defaults={"timing": text, "next_at": first}
        )
        if row.timing != text:
            Schedule.objects.filter(pk=row.pk).update(timing=text, next_at=first)
    Schedule.objects.exclude(name__in=settings.SCHEDULES).delete()


def fire_due() -> list[str]:
    """Queue what is due; the names queued.

    After a stop each schedule fires once, not once for every time it missed. What is still in
    flight from last time is not queued again.
    """
    return [
        schedule.name
        for schedule in Schedule.objects.filter(next_at__lte=now()).select_related("last_job")
        if fire(schedule)
    ]


def catch_up_with_clock() -> None:
    """Where the clock was set back, intervals start anew instead of waiting for it to return."""
    moment = now()
    for schedule in Schedule.objects.filter(next_at__gt=moment, timing__startswith="every"):
        timing = timing_of(_split(schedule.timing)[0])
        if isinstance(timing, Every) and schedule.next_at > timing.after(moment) + timedelta(
            seconds=1
        ):
            Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at).update(
                next_at=timing.after(moment)
            )


@transaction.atomic
def fire(schedule: Schedule) -> bool:
    """Move the schedule on and queue its job; False where another scheduler did, or it is busy."""
    timing, queue = _split(schedule.timing)
    moment = now()
    claimed = Schedule.objects.filter(
        pk=schedule.pk, next_at=schedule.next_at, timing=schedule.timing
    ).update(next_at=timing_of(timing).after(moment), last_at=moment)
    if not claimed:
        return False
    if schedule.last_job is not None and schedule.last_job.state in IN_FLIGHT:
        return False
    job = enqueue(schedule.name, {}, queue=queue)
    Schedule.objects.filter(pk=schedule.pk).update(last_job=job)
    return True


def _split(text: str) -> tuple[str, str]:
    timing, _, queue = text.partition(" on ")
    return timing, queue or "short"
