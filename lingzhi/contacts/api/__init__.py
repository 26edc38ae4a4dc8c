"""Conversations over the REST API, and the door for systems that tell of them as they go on."""

from lingzhi.contacts.api import reading
from lingzhi.contacts.api.routers import router

__all__ = ["reading", "router"]
