"""Who looks after personal data: object and right in one step."""

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.conformity.access.figures import READ
from lingzhi.conformity.models import Assessment, DataRequest
from lingzhi.conformity.queries.assessments import assessments
from lingzhi.conformity.queries.requests import requests_for, requests_of
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import visible_to
from lingzhi.org.queries.privacy import KEEP


def require_keeper(user: User) -> None:
    """Raise PermissionDenied unless this person looks after personal data."""
    if not user.can(KEEP):
        raise PermissionDenied


def require_reader(user: User) -> None:
    """Raise PermissionDenied unless this person may read the assessments."""
    if not (user.can(KEEP) or user.can(READ)):
        raise PermissionDenied


def assessment_to_read(user: User, pk: int) -> Assessment:
    """Whoever sees how rules are kept reads the assessments, too; they name nobody's data."""
    require_reader(user)
    found = assessments().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def assessment_to_write(user: User, pk: int) -> Assessment:
    """An assessment that this person may write, submit or do anew; its state the service checks."""
    found = assessment_to_read(user, pk)
    require_keeper(user)
    return found


def refused_for(user: User) -> QuerySet[Contact]:
    """Conversations whose customer refused the recording, and those that are withheld."""
    rows = visible_to(user, KEEP).filter(Q(recording_consent=False) | Q(withheld_at__isnull=False))
    return rows.select_related("channel", "agent", "unit", "withheld_by").order_by("-pk")


def contact_to_withhold(user: User, pk: int) -> Contact:
    """A conversation within reach of who looks after personal data."""
    require_keeper(user)
    found = visible_to(user, KEEP).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def request_to_read(user: User, pk: int) -> DataRequest:
    """One's own, or within reach of who looks after personal data."""
    mine = requests_of(user).filter(pk=pk).first()
    found = mine or (requests_for(user).filter(pk=pk).first() if user.can(KEEP) else None)
    if found is None:
        raise Http404
    return found


def request_to_answer(user: User, pk: int) -> DataRequest:
    """A request within reach; that nobody answers their own, the service sees to."""
    found = request_to_read(user, pk)
    require_keeper(user)
    return found
