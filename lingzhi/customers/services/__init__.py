"""Writing what the centre knows of its customers."""

from lingzhi.customers.services.known import customers_for

__all__ = ["customers_for"]
