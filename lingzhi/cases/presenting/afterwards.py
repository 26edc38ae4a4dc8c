"""What the page of a case shows of sheets, major matters and internal reviews."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.cases.access.dispatch import is_desk
from lingzhi.cases.forms.afterwards import ProcessReviewForm, SheetForm
from lingzhi.cases.models import Case, MajorMatter
from lingzhi.cases.queries.people import WORK


def afterwards_shown(user: User, case: Case) -> dict[str, Any]:
    """The part of the page's context."""
    works = user.can(WORK) and is_desk(user, case)
    return {
        "sheets": case.sheets.select_related("unit", "begun_by"),
        "major": MajorMatter.objects.filter(case=case).select_related("acknowledged_by").first(),
        "process_reviews": case.process_reviews.select_related("reviewer"),
        "sheet_form": SheetForm() if works else None,
        "process_form": ProcessReviewForm() if works else None,
        "may_mark_major": user.can(WORK),
    }
