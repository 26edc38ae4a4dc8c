"""Tickets of other systems, read from files."""
