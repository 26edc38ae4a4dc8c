"""Files of a case are for who sees the case."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import case_to_note, case_to_read, case_to_work
from lingzhi.cases.models import Case, CaseFile


def file_to_see(user: User, pk: int) -> CaseFile:
    """A file of a case within sight."""
    found = CaseFile.objects.select_related("file", "case").filter(pk=pk).first()
    if found is None:
        raise Http404
    case_to_read(user, found.case_id)
    return found


def file_to_remove(user: User, pk: int) -> CaseFile:
    """A file that this person brought, or of a case that they work on."""
    found = file_to_see(user, pk)
    if found.added_by_id != user.pk:
        case_to_work(user, found.case_id)
    return found


def case_to_add_file(user: User, pk: int) -> Case:
    """A case that this person may add a file to: whoever writes notes on it."""
    case = case_to_note(user, pk)
    if case.is_merged:
        raise PermissionDenied
    return case
