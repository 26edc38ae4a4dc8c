"""Audit files: a regulation over some days, with its evidence, as PDF and Word."""
