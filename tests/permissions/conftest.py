"""The cast of `lingzhi/conftest.py`, for tests that belong to no app."""

from lingzhi.conftest import _fast_and_apart, as_, cast

__all__ = ["_fast_and_apart", "as_", "cast"]
