"""The fixtures of `lingzhi/conftest.py`, for tests that belong to no app."""

from lingzhi.conftest import _fast_and_apart, as_, cast, house, house_settings, run_jobs, until

__all__ = ["_fast_and_apart", "as_", "cast", "house", "house_settings", "run_jobs", "until"]
