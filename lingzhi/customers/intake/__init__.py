"""Customers and what was delivered to them, from files: each a kind of import."""
