"""Figures as pages and files show them."""

from lingzhi.kpis.presenting.saying import say, say_change, say_target

__all__ = ["say", "say_change", "say_target"]
