"""The program's own settings with the ground floor only: real processes start sooner."""

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS as EVERYTHING
from config.settings import MIDDLEWARE as ALL_MIDDLEWARE

GROUND_FLOOR = {"lingzhi.core", "lingzhi.audit", "lingzhi.jobs", "lingzhi.accounts"}
INSTALLED_APPS = [
    app for app in EVERYTHING if not app.startswith("lingzhi.") or app in GROUND_FLOOR
]
MIDDLEWARE = [
    path
    for path in ALL_MIDDLEWARE
    if not path.startswith("lingzhi.") or ".".join(path.split(".")[:2]) in GROUND_FLOOR
]
ROOT_URLCONF = "lingzhi.core.tests.ground_floor_urls"
SETUP_PATH = ""
SERVED = ["worker", "scheduler"]
MENU: list[str] = []
JOBS: list[str] = []
SCHEDULES: dict[str, str] = {}
CHECKS = ["lingzhi.audit.checks.chain", "lingzhi.jobs.checks.work"]
