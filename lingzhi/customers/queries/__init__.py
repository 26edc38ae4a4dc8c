"""Reading what the centre knows of its customers."""

from lingzhi.customers.queries.known import customers_known_by

__all__ = ["customers_known_by"]
