"""Cases over the REST API: the same access functions and services as the pages."""

from lingzhi.cases.api import acts, clocks, dictionaries, hand_overs, reading
from lingzhi.cases.api.routers import router

__all__ = ["acts", "clocks", "dictionaries", "hand_overs", "reading", "router"]
