"""Activities: planned, changed, cancelled, proved."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.files.services import store_file
from lingzhi.notifications.services import tell
from lingzhi.org.models import Activity, ActivityEvidence, Unit
from lingzhi.org.services.changes import apply


class ActivityIsOver(DomainError):
    message = _("This activity is cancelled or confirmed already.")


@transaction.atomic
def plan_activity(*, open_to: Iterable[Unit], by: User | None, **values: Any) -> Activity:
    """Plan an activity for the people of the units `open_to`; `values` are its fields."""
    activity = Activity(**values)
    activity.validate_constraints()
    activity.save()
    activity.open_to.set(open_to)
    after = {"kind": activity.kind, "unit": activity.unit.code, "open_to": _codes(activity)}
    record(by, "org.activity_planned", activity, after=after)
    return activity


@transaction.atomic
def change_activity(
    activity: Activity, values: dict[str, Any], *, open_to: Iterable[Unit], by: User | None
) -> None:
    """Change what is neither cancelled nor confirmed."""
    _require_open(activity)
    invited = _codes(activity)
    before, after = apply(activity, values)
    activity.open_to.set(open_to)
    if invited != _codes(activity):
        before["open_to"], after["open_to"] = invited, _codes(activity)
    if after:
        record(by, "org.activity_changed", activity, before=before, after=after)


@transaction.atomic
def cancel_activity(activity: Activity, *, reason: str, by: User | None) -> None:
    """It will not be held; who signed up is told."""
    if not reason.strip():
        raise BadInput(_("Say why."), field="reason")
    rows = Activity.objects.filter(pk=activity.pk, cancelled_at=None, confirmed_at=None)
    if not rows.update(cancelled_at=now(), cancelled_because=reason.strip()):
        raise ActivityIsOver()
    record(by, "org.activity_cancelled", activity, reason=reason)
    tell(
        User.objects.filter(participations__activity=activity),
        _("An activity you signed up for is cancelled"),
        body=f"{activity.title}: {reason.strip()}",
        url=reverse("org:activity", args=[activity.pk]),
    )


@transaction.atomic
def add_evidence(activity: Activity, *, note: str, file: Any = None, by: User) -> ActivityEvidence:
    """Keep a note, a file, or both beside an activity that was not cancelled."""
    if not (note.strip() or file):
        raise BadInput(_("Give a note or a file."), field="note")
    if Activity.objects.select_for_update().get(pk=activity.pk).cancelled_at is not None:
        raise ActivityIsOver()
    stored = None
    if file is not None:
        source: BinaryIO = file
        stored = store_file(source, name=file.name, purpose="activity", by=by)
    found = ActivityEvidence.objects.create(
        activity=activity, note=note.strip(), file=stored, added_at=now(), added_by=by
    )
    after = {"sha256": stored.sha256 if stored else "", "has_note": bool(note.strip())}
    record(by, "org.evidence_added", activity, after=after)
    return found


def _require_open(activity: Activity) -> None:
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    if locked.cancelled_at is not None or locked.confirmed_at is not None:
        raise ActivityIsOver()


def _codes(activity: Activity) -> list[str]:
    return sorted(activity.open_to.values_list("code", flat=True))
