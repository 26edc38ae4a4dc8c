"""Master dictionaries: read by who sees cases, kept by who has the right to."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.models import DictionaryEntry
from lingzhi.cases.queries.people import KEEP


def require_keeping(user: User) -> None:
    """PermissionDenied for who does not keep dictionaries."""
    require(user, KEEP)


def entry_to_change(user: User, pk: int) -> DictionaryEntry:
    """A line of a dictionary."""
    require_keeping(user)
    found = DictionaryEntry.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
