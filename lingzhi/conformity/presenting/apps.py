"""What a control waits for, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

APPS: dict[str, str | Promise] = {
    "cases": _("Tickets and complaints"),
    "org": _("Duties"),
    "inspections": _("Score sheets and samples"),
    "surveys": _("Surveys"),
    "knowledge": _("Knowledge and procedures"),
    "governance": _("Meetings, audits and retention"),
    "learning": _("Training and exams"),
    "performance": _("Appraisal"),
    "workforce": _("Staffing"),
    "assets": _("Equipment"),
    "risk": _("Risks and drills"),
    "": _("A kind of control that is not known here"),
}


def app_in_words(code: str) -> str:
    """The part of the program that a kind of control waits for."""
    return str(APPS.get(code, code))
