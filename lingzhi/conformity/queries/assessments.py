"""The register of assessments: what holds, what is due, what waits for a signature."""

from django.db.models import QuerySet

from lingzhi.approvals.models import Approval
from lingzhi.conformity.models import Assessment
from lingzhi.core.clock import today


def assessments() -> QuerySet[Assessment]:
    """All of them, the newest first; none is ever deleted."""
    return Assessment.objects.select_related("assessor", "approved_by", "followed_by")


def approval_of(row: Assessment) -> Approval | None:
    """The newest request to approve it."""
    subject = f"{row._meta.label_lower}/{row.pk}"
    return Approval.objects.filter(subject=subject).order_by("-pk").first()


def is_waiting(row: Assessment) -> bool:
    """Whether it lies with somebody who is to approve it."""
    approval = approval_of(row)
    return approval is not None and approval.state == Approval.State.OPEN


def due_for_review() -> QuerySet[Assessment]:
    """Approved ones whose day of review has come and that no approved one follows."""
    rows = Assessment.objects.filter(approved_at__isnull=False, review_on__lte=today())
    return rows.exclude(followed_by__approved_at__isnull=False).select_related("assessor")


def without_one() -> list[tuple[str, str]]:
    """Kinds of processing that nobody has assessed to the end: code and label."""
    done = set(Assessment.objects.filter(approved_at__isnull=False).values_list("kind", flat=True))
    return [(code, str(label)) for code, label in Assessment.Kind.choices if code not in done]
