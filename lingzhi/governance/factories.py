"""Meetings for tests and the permission table."""

from datetime import time
from typing import Any

from django.db.models import Model

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.governance.models import Meeting, Series
from lingzhi.governance.services.meetings import call_meeting
from lingzhi.governance.services.series import keep_series
from lingzhi.org.models import Unit


def make_series(unit: Unit, chair: User, *, by: User, **more: Any) -> Series:
    """Weekly meetings from today on, with a standing point."""
    members = {name: more.pop(name, []) for name in ("posts", "units", "people")}
    facts: dict[str, Any] = {
        "name": "每周例会", "kind": "weekly", "cadence": "weekly", "first_on": today(),
        "at": time(16), "minute_taker": chair, "standing": "上周工作回顾",
    }  # fmt: skip
    series = Series(unit=unit, chair=chair, **{**facts, **more})
    return keep_series(series, by=by, **members)


def make_meeting(unit: Unit, chair: User, *, by: User, **more: Any) -> Meeting:
    """The one of today, called."""
    series = make_series(unit, chair, by=by, **more)
    return call_meeting(series, series.first_on, by=by)


def changed(row: Model, **facts: Any) -> None:
    """Set what the way there is not the matter of."""
    type(row)._default_manager.filter(pk=row.pk).update(**facts)
    row.refresh_from_db()
