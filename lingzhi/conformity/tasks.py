"""Counting in the background."""

from datetime import timedelta

from lingzhi.approvals.models import Approval
from lingzhi.conformity import services
from lingzhi.conformity.models import Assessment, Dossier
from lingzhi.conformity.services import assessments, dossiers, quality, requests
from lingzhi.core.clock import now
from lingzhi.jobs.services import later

WAIT_MINUTES = 5  # until the kinds that were queued are counted


def count(days: int = services.SEALED_AFTER_DAYS) -> None:
    """Count the last days of every control anew, each kind by itself: one that fails stops none."""
    for kind in services.counted_kinds():
        later("conformity.count_kind", queue="long", kind=kind, days=days)
    after = now() + timedelta(minutes=WAIT_MINUTES)
    later("conformity.keep_baselines", queue="long", run_after=after)


def count_kind(kind: str, days: int) -> None:
    """Count one kind of control; repeated, it gives the same rows."""
    services.count_kind(kind, days=days)


def count_recent() -> None:
    """Through the day: the days that still move."""
    for kind in services.counted_kinds():
        later("conformity.count_kind", queue="long", kind=kind, days=2)


def keep_baselines() -> None:
    """Keep what was found before the pilots that began; once for each."""
    services.keep_baselines()


def count_flaws() -> None:
    """Every night: what is wrong with records. Repeated on a day it gives the same rows."""
    quality.count_flaws()


def make_dossier(dossier_id: int) -> None:
    """Make an audit file that somebody asked for. Doing so twice changes nothing."""
    rows = Dossier.objects.select_related("version__regulation__unit", "unit", "asked_by")
    dossiers.make_dossier(rows.get(pk=dossier_id))


def approve_assessment(approval_id: int, assessment_id: int) -> None:
    """The last signature was given: the assessment holds. Doing so twice changes nothing."""
    row = Assessment.objects.get(pk=assessment_id)
    assessments.approve_assessment(row, Approval.objects.get(pk=approval_id))


def remind() -> None:
    """Every morning: assessments that are due for review, requests whose time is over."""
    assessments.remind_of_reviews()
    requests.tell_of_overdue()
