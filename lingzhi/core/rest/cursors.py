"""Pages of a list by cursor: from where the last page ended, without counting what is there.

A page costs the same over a million rows as over ten, and rows that are added meanwhile move
nothing: newest first, each row once.
"""

import base64
import binascii
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from ninja import Field, Schema

from lingzhi.core.errors import BadInput

Item = TypeVar("Item")
MOST = 200


class Window(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(50, ge=1, le=MOST)
    cursor: str = Field("", max_length=60)


class Page(Schema, Generic[Item]):
    """A part of a list. `next` is the cursor of what follows, null at the end."""

    items: list[Item]
    next: str | None


def page_by_cursor(
    rows: QuerySet[Any], window: Window, shown: Callable[[list[Any]], list[Any]]
) -> dict[str, Any]:
    """The rows of a window, newest (highest id) first, each as `shown` has it."""
    if window.cursor:
        rows = rows.filter(pk__lt=_read(window.cursor))
    found = list(rows.order_by("-pk")[: window.limit + 1])
    is_more = len(found) > window.limit
    found = found[: window.limit]
    return {"items": shown(found), "next": _written(found[-1].pk) if is_more else None}


def _written(key: int) -> str:
    return base64.urlsafe_b64encode(f"after:{key}".encode()).decode().rstrip("=")


def _read(cursor: str) -> int:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        text = ""
    key = text.removeprefix("after:")
    if not text.startswith("after:") or not (key.isascii() and key.isdecimal()) or len(key) > 18:
        raise BadInput(_("This is no cursor of ours."), field="cursor")
    return int(key)
