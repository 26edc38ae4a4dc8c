"""Telling people."""

from lingzhi.notifications.services.notices import end_all_read, end_notice, settle_matter, tell

__all__ = ["end_all_read", "end_notice", "settle_matter", "tell"]
