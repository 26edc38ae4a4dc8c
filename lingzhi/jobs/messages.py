"""The queue proper: messages of django-tasks, each saying no more than which job is due."""

from django_tasks import task

from lingzhi.jobs.models import Job


@task(queue_name="short")
def deliver(job_id: int) -> None:
    """What a broker's own worker calls; ours reads the messages itself (services.leases)."""
    from lingzhi.jobs.performing import perform_job  # noqa: PLC0415  it stands above the services

    perform_job(job_id)


def send(job: Job) -> None:
    """Queue a message for `job` in the current transaction."""
    deliver.using(queue_name=job.queue, run_after=job.run_after).enqueue(job.pk)
