import pytest

from lingzhi.jobs.tests import trials


@pytest.fixture(autouse=True)
def _trial_jobs(settings) -> None:
    settings.JOBS = [*settings.JOBS, *trials.PATHS]
