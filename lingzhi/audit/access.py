"""The log belongs to whoever may search it; there is no part of it for others."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from lingzhi.audit.models import Entry


def log_to_search(user: Any) -> None:
    """Raise PermissionDenied without `audit.search`."""
    if not user.can("audit.search"):
        raise PermissionDenied


def entry_to_read(user: Any, pk: int) -> Entry:
    """One act; to people without `audit.search` none exists."""
    rows = (
        Entry.objects.select_related("link") if user.can("audit.search") else Entry.objects.none()
    )
    return get_object_or_404(rows, pk=pk)
