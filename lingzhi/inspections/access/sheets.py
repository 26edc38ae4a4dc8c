"""Score sheets: whoever is inspected may read what they are held against."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import DESIGN, READ, require
from lingzhi.inspections.models import Sheet, SheetVersion


def sheet_to_read(user: User, pk: int) -> Sheet:
    """A score sheet: whoever is inspected may read what they are held against."""
    require(user, READ)
    sheet = Sheet.objects.select_related("owner").filter(pk=pk).first()
    if sheet is None:
        raise Http404
    return sheet


def sheet_to_design(user: User, pk: int) -> Sheet:
    """A score sheet of which this person may write a new version."""
    sheet = sheet_to_read(user, pk)
    require(user, DESIGN)
    return sheet


def draft_to_design(user: User, pk: int) -> tuple[Sheet, SheetVersion]:
    """A sheet with its draft."""
    sheet = sheet_to_design(user, pk)
    draft = sheet.versions.filter(state=SheetVersion.State.DRAFT).first()
    if draft is None:
        raise Http404
    return sheet, draft


def sheet_version_to_read(user: User, pk: int, number: int) -> SheetVersion:
    """One version of a score sheet."""
    sheet = sheet_to_read(user, pk)
    version = sheet.versions.filter(number=number).first()
    if version is None:
        raise Http404
    version.sheet = sheet
    return version


def sheet_version_to_design(user: User, pk: int, number: int) -> SheetVersion:
    """A version this person may put into force, retire or, as a draft, throw away."""
    version = sheet_version_to_read(user, pk, number)
    require(user, DESIGN)
    return version


def may_design(user: User) -> bool:
    """Whether this person builds score sheets."""
    return user.can(DESIGN)
