import pytest

from lingzhi.jobs.tests.trial_paths import PATHS


@pytest.fixture(autouse=True)
def _trial_jobs(settings) -> None:
    settings.JOBS = [*settings.JOBS, *PATHS]


@pytest.fixture
def house_settings() -> str:
    return "lingzhi.jobs.tests.process_settings"
