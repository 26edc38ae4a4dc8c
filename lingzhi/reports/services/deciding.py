"""A person decides on each point of a report: taken up, or not and why."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.reports.models import Decision, Plan, Report
from lingzhi.reports.queries.decisions import decisions_on, points_in
from lingzhi_engine.privacy import mask

MOST = 500


class DecidedAlready(DomainError):
    message = _("This point is decided already.")


@transaction.atomic
def decide_point(
    report: Report, key: str, *, is_taken: bool, words: str = "", by: User
) -> Decision:
    """Take a point up, or leave it with a reason; a department always says what it does.

    Raises BadInput, DecidedAlready.
    """
    said = mask(words.strip())[:MOST]
    if key not in {one["key"] for one in points_in(report)}:
        raise BadInput(_("The report has no such point."), field="key")
    if not said and (not is_taken or report.plan.kind == Plan.Kind.RETURNED):
        raise BadInput(_("Say why, or what is done."), field="words")
    if key in decisions_on(report):
        raise DecidedAlready()
    try:
        with transaction.atomic():
            found = Decision.objects.create(
                report=report, key=key, is_taken=is_taken, words=said, decided_at=now(),
                decided_by=by,
            )  # fmt: skip
    except IntegrityError as problem:
        raise DecidedAlready() from problem
    after = {"key": key, "is_taken": is_taken}
    record(by, "reports.point_decided", report, after=after, reason=said)
    return found
