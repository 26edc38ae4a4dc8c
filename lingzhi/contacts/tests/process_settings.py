"""The program's own settings for tests with real workers: nothing recurring, and an import that is
not inspected afterwards, for that loads far more than it takes to write the rows.
"""

from config.settings import *  # noqa: F403

SCHEDULES: dict[str, str] = {}
IMPORTS = ["lingzhi.contacts.tests.plain_kind.KIND"]
ROOT_URLCONF = __name__  # no pages: processes start sooner
urlpatterns: list[object] = []
