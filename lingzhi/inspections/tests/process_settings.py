"""The program's own settings with small groups and little patience: its processes are killed.

What is imported is inspected when somebody says so.
"""

from config.settings import *  # noqa: F403

SCHEDULES: dict[str, str] = {}
IMPORTS = ["lingzhi.contacts.tests.plain_kind.KIND"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WORKER_BEAT_SECONDS = 0.5
WORKER_DEAD_SECONDS = 3.0
INSPECTION_GROUP = 10
