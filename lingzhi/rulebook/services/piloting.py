"""Pilots (试点运行): the figures before, and the decision after."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.queries import open_draft
from lingzhi.rulebook.services.effect import end_version
from lingzhi.rulebook.services.versions import DraftExists, locked, new_version

Decision = Version.Decision


class NotAPilot(DomainError):
    message = _("This is no pilot that could be decided on.")


@transaction.atomic
def set_baseline(version: Version, figures: dict[str, Any], *, by: User | None = None) -> Version:
    """Keep the figures from before a pilot, to compare with; the first ones stay."""
    found = locked(version)
    if not found.is_pilot:
        raise NotAPilot()
    if found.baseline:
        return found
    found.baseline = figures
    found.save(update_fields=["baseline"])
    record(by, "rulebook.baseline_set", found, after=figures)
    return found


@transaction.atomic
def decide_pilot(version: Version, decision: str, *, note: str, by: User) -> Version | None:
    """Extend a pilot to everybody or give it up; once.

    Extending gives the draft of the version for everybody, which goes the way of every version;
    until it is in force the pilot goes on, to its last day. Giving up ends it now.
    """
    if decision not in (Decision.EXTENDED, Decision.DROPPED) or not note.strip():
        raise BadInput(_("Say what is decided, and why."), field="note")
    found = locked(version)
    if not found.is_pilot or found.applied_at is None or found.decision or found.withdrawn_at:
        raise NotAPilot()
    found.decision, found.decision_note = decision, note.strip()[:300]
    found.save(update_fields=["decision", "decision_note"])
    record(by, "rulebook.pilot_decided", found, after={"decision": decision}, reason=note)
    if decision == Decision.EXTENDED:
        return _for_everybody(found, by)
    end_version(found, by=by)
    return None


def _for_everybody(pilot: Version, by: User) -> Version:
    if open_draft(pilot.regulation) is not None:
        raise DraftExists()
    return new_version(
        pilot.regulation,
        pilot.body,
        reason_kind=pilot.reason_kind,
        reason=pilot.decision_note,
        by=by,
        answers=pilot.answers,
        resolutions=pilot.resolutions,
    )
