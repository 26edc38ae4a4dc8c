"""An upheld complaint about a conversation that had passed: who calibrates is told, and why
inspection did not see it is put right."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.core.clock import today
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.people import heads_of
from lingzhi.improvement.queries.rectifications import kept_about
from lingzhi.improvement.services.records import link_source, start_rectification
from lingzhi.inspections.access.rights import CALIBRATE
from lingzhi.inspections.models import Review
from lingzhi.inspections.origins import ESCAPE
from lingzhi.inspections.queries.escapes import passed_before
from lingzhi.inspections.queries.reviews import holders_over
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit
from lingzhi.org.queries import team_of

TIME_TO_MEND = timedelta(days=30)


@transaction.atomic
def look_at_escape(case: Case) -> int:
    """Propose the conversation for a calibration and have it put right that inspection did not
    see it; the number of people told.
    """
    passed = passed_before(case.contact_id)
    if not passed:
        return 0
    for one in passed:
        _put_right(one, case)
    unit = case.contact.unit if case.contact else None
    return tell(
        holders_over(unit.path if unit else None, CALIBRATE),
        _("An upheld complaint had passed inspection: calibrate on it"), is_todo=True,
        body=f"{case.number} {case.title}", url=reverse("cases:case", args=[case.pk]),
        matter=f"inspections.escape/{case.pk}",
    )  # fmt: skip


def _put_right(review: Review, case: Case) -> None:
    """A rectification of the unit whose inspector had let it pass, or one source more of the one
    that is open there about the same sheet. Whoever upheld the complaint started it.
    """
    unit, by = team_of(review.inspector, today()), case.complaint.decided_by
    heads = heads_of(unit) if unit else []
    if unit is None or by is None or not heads or kept_about(ESCAPE.kind, [review.pk]).exists():
        return
    same = Review.objects.filter(version__sheet=review.version.sheet_id)
    known = kept_about(ESCAPE.kind, same.values("pk")).filter(rectification__unit=unit)
    row = next((one.rectification for one in known if one.rectification.is_open), None)
    if row is not None:
        link_source(row, kind=ESCAPE.kind, key=review.pk, by=by)
        return
    start_rectification(
        _record(review, case, unit, heads[0]), kind=ESCAPE.kind, key=review.pk, by=by
    )


def _record(review: Review, case: Case, unit: Unit, owner: User) -> Rectification:
    sheet = review.version.title
    problem = gettext(
        "Complaint %(number)s was upheld. The conversation it is about had passed inspection by "
        "“%(sheet)s”. Find out why: an item is missing, a rule does not see it, or the score was "
        "wrong."
    )
    return Rectification(
        title=gettext("Escaped defect: %(sheet)s") % {"sheet": sheet},
        problem=problem % {"number": case.number, "sheet": sheet},
        category=Rectification.Category.NORM, unit=unit, owner=owner,
        due_on=today() + TIME_TO_MEND,
    )  # fmt: skip
