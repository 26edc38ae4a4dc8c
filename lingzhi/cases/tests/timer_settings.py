"""The program's own settings with its timers alone, as often as they really run."""

from config.settings import *  # noqa: F403
from config.settings import SCHEDULES as ALL

SCHEDULES = {"cases.escalate": ALL["cases.escalate"]}
WORKER_BEAT_SECONDS = 0.5
WORKER_DEAD_SECONDS = 3.0
