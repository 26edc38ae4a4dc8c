"""Own fields of cases: everybody who sees cases reads them; who sets flows changes them."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.models import CaseField
from lingzhi.cases.queries.people import SET


def require_setting_fields(user: User) -> None:
    """PermissionDenied for who does not set up cases."""
    require(user, SET)


def field_to_change(user: User, pk: int) -> CaseField:
    """A field that this person may change or retire."""
    require_setting_fields(user)
    found = CaseField.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
