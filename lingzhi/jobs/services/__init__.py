"""Everything that writes jobs, runs, schedules and workers."""

from lingzhi.jobs.services.dead_letters import NotGivenUp, discard_job, retry_job
from lingzhi.jobs.services.leases import LeaseLost, settle
from lingzhi.jobs.services.queueing import later
from lingzhi.jobs.services.runs import (
    RunIsFinished,
    advance,
    cancel_run,
    fail_run,
    finish_run,
    is_cancelled,
    start_run,
)

__all__ = [
    "LeaseLost",
    "NotGivenUp",
    "RunIsFinished",
    "advance",
    "cancel_run",
    "discard_job",
    "fail_run",
    "finish_run",
    "is_cancelled",
    "later",
    "retry_job",
    "settle",
    "start_run",
]
