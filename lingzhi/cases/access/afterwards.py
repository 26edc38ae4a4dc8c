"""Who files sheets, who hears of major matters, who reviews processes."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.models import ContactSheet, MajorMatter, ProcessReview
from lingzhi.cases.queries.afterwards import (
    leadership,
    majors_visible_to,
    reviews_visible_to,
    sheets_visible_to,
)
from lingzhi.cases.queries.people import READ


def sheet_to_file(user: User, pk: int) -> ContactSheet:
    """A sheet that this person promised."""
    require(user, READ)
    sheet = sheets_visible_to(user).filter(pk=pk).first()
    if sheet is None:
        raise Http404
    if user.pk not in (sheet.begun_by_id, sheet.case.owner_id):
        raise PermissionDenied
    return sheet


def major_to_acknowledge(user: User, pk: int) -> MajorMatter:
    """A major matter, for who is told of them."""
    require(user, READ)
    major = majors_visible_to(user).filter(pk=pk).first()
    if major is None:
        raise Http404
    if user not in leadership():
        raise PermissionDenied
    return major


def review_to_read(user: User, pk: int) -> ProcessReview:
    """An internal review within sight."""
    require(user, READ)
    review = reviews_visible_to(user).select_related("opened_by").filter(pk=pk).first()
    if review is None:
        raise Http404
    return review
