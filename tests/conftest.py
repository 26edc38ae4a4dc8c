"""The fixtures of `lingzhi/conftest.py` and of cases, for tests that belong to no app."""

from lingzhi.cases.tests.conftest import at, calendar
from lingzhi.conftest import (
    _fast_and_apart,
    as_,
    cast,
    django_db_modify_db_settings,
    hold,
    house,
    house_settings,
    pytest_collection_finish,
    pytest_pyfunc_call,
    run_jobs,
    shared,
    until,
)

__all__ = [
    "_fast_and_apart",
    "as_",
    "at",
    "calendar",
    "cast",
    "django_db_modify_db_settings",
    "hold",
    "house",
    "house_settings",
    "pytest_collection_finish",
    "pytest_pyfunc_call",
    "run_jobs",
    "shared",
    "until",
]
