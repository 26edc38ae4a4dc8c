"""The ground floor with the trial functions, and less patience."""

from lingzhi.core.tests.ground_floor import *  # noqa: F403
from lingzhi.jobs.tests.trial_paths import PATHS

JOBS = PATHS
SCHEDULES = {"jobs.tick": "every 1 s"}
WORKER_BEAT_SECONDS = 0.5
WORKER_DEAD_SECONDS = 4.0
JOB_SECONDS = {"short": 5, "long": 5}
