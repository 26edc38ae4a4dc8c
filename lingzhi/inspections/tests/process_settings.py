"""The program's own settings with small groups and little patience: its processes are killed."""

from config.settings import *  # noqa: F403

SCHEDULES: dict[str, str] = {}
WORKER_BEAT_SECONDS = 0.5
WORKER_DEAD_SECONDS = 4.0
INSPECTION_GROUP = 10
