"""Surveys over the REST API: keys that were pressed after a call."""

from lingzhi.surveys.api import digits
from lingzhi.surveys.api.routers import router

__all__ = ["digits", "router"]
