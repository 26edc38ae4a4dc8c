"""The program's own settings with the trial functions, less patience, and only the ground floor."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as EVERYTHING
from lingzhi.jobs.tests.trial_paths import PATHS

GROUND_FLOOR = {"lingzhi.core", "lingzhi.audit", "lingzhi.jobs", "lingzhi.accounts"}
INSTALLED_APPS = [
    app for app in EVERYTHING if not app.startswith("lingzhi.") or app in GROUND_FLOOR
]
ROOT_URLCONF = "lingzhi.jobs.tests.process_settings"
urlpatterns: list[object] = []

JOBS = PATHS
SCHEDULES = {"jobs.tick": "every 1 s"}
WORKER_BEAT_SECONDS = 0.5
WORKER_DEAD_SECONDS = 4.0
JOB_SECONDS = {"short": 5, "long": 5}
