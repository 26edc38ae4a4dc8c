"""The program's own settings with its timers alone, as often as they really run."""

from config.settings import SCHEDULES as ALL
from lingzhi.inspections.tests.process_settings import *  # noqa: F403

SCHEDULES = {"cases.escalate": ALL["cases.escalate"]}
