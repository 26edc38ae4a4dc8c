"""A version takes effect on its day, and one day it ends; its controls follow, one job each."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now, today
from lingzhi.core.errors import DomainError
from lingzhi.jobs.services import later
from lingzhi.notifications.services import settle_matter, tell
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import unread_by
from lingzhi.rulebook.services.controls import queue_controls
from lingzhi.rulebook.services.versions import locked

DAY = timedelta(days=1)


class NotInForce(DomainError):
    message = _("This version is not in force any more.")


@transaction.atomic
def take_effect(version: Version) -> bool:
    """Bring a version into force whose day has come; False where there is nothing to do.

    Its predecessor ends the day before. Its controls are put to work right after, each by itself:
    one that its app refuses holds up neither the others nor the regulation.
    """
    due = Version.objects.filter(pk=version.pk, approved_at__isnull=False, applied_at=None)
    if not due.filter(withdrawn_at=None, effective_on__lte=today()).update(applied_at=now()):
        return False
    found = locked(version)
    before = _end_predecessor(found)
    queue_controls([one for one in (before, found) if one is not None])
    after = {"ended": before.number if before else None}
    record(found.approved_by, "rulebook.version_in_force", found, after=after)
    _ask_to_read(found)
    later("conformity.count", queue="long")
    return True


def _end_predecessor(found: Version) -> Version | None:
    """A pilot runs beside what holds for everybody and ends nothing."""
    if found.is_pilot or found.effective_on is None:
        return None
    rows = found.regulation.versions.filter(applied_at__isnull=False, ended_on=None)
    before = rows.filter(pilot_until=None).exclude(pk=found.pk).order_by("-effective_on").first()
    if before is not None:
        rows.filter(pk=before.pk).update(ended_on=found.effective_on - DAY)
        settle_matter(matter_of(before))
    return before


def due_versions(day: date) -> list[Version]:
    """Approved versions whose day has come and that are not in force yet, in order."""
    rows = Version.objects.filter(approved_at__isnull=False, applied_at=None, withdrawn_at=None)
    return list(rows.filter(effective_on__lte=day).order_by("effective_on", "pk"))


@transaction.atomic
def withdraw_version(version: Version, *, reason: str, by: User) -> None:
    """Take a version out of force, or keep an approved one from coming into force.

    What was judged under it stays judged. Nothing comes back in its place by itself.
    """
    found = locked(version)
    is_over = found.last_on is not None and found.last_on < today()
    if found.approved_at is None or found.withdrawn_at is not None or is_over:
        raise NotInForce()
    end_version(found, by=by)
    record(by, "rulebook.version_withdrawn", found, reason=reason)


def end_version(found: Version, *, by: User) -> None:
    """End a version now: yesterday was its last day, or its only one is today."""
    settle_matter(matter_of(found))
    found.withdrawn_at, found.withdrawn_by = now(), by
    if found.applied_at is not None and found.effective_on is not None:
        found.ended_on = max(found.effective_on, today() - DAY)
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "ended_on"])
    queue_controls([found])


def matter_of(version: Version) -> str:
    """What the to-do of reading a version is called."""
    return f"rulebook.version/{version.pk}"


def _ask_to_read(version: Version) -> None:
    """Everybody whom it binds gets it to read and confirm (宣贯)."""
    title = format_lazy(_("Read and confirm: {title}"), title=version.title)
    url = reverse("rulebook:read", args=[version.pk])
    tell(unread_by(version), title, url=url, is_todo=True, matter=matter_of(version))
