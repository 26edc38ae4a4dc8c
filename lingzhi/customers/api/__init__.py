"""Customers over the REST API, masked always: the full value stays behind the page and a reason."""

from lingzhi.customers.api import deliveries, files
from lingzhi.customers.api.routers import router

__all__ = ["deliveries", "files", "router"]
