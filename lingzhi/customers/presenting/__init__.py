"""Customers as their pages show them."""
