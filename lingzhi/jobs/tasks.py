"""Recurring work on the queue itself."""

from datetime import timedelta

from lingzhi.jobs.services.pruning import forget_jobs
from lingzhi.jobs.services.workers import forget_workers

JOBS_KEPT = timedelta(days=1)
WORKERS_KEPT = timedelta(days=7)


def prune() -> None:
    """Forget jobs that are done and workers that stopped; runs and dead letters stay."""
    forget_jobs(JOBS_KEPT)
    forget_workers(WORKERS_KEPT)
