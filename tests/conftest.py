"""The fixtures of `lingzhi/conftest.py`, for tests that belong to no app."""

from lingzhi.conftest import (
    _fast_and_apart,
    as_,
    cast,
    django_db_modify_db_settings,
    house,
    house_settings,
    run_jobs,
    until,
)

__all__ = [
    "_fast_and_apart",
    "as_",
    "cast",
    "django_db_modify_db_settings",
    "house",
    "house_settings",
    "run_jobs",
    "until",
]
