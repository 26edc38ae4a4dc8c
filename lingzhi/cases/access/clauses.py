"""Clauses that judge cases: who sees cases reads what they judged, as far as that goes."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.controls import JUDGES
from lingzhi.cases.queries.people import READ
from lingzhi.rulebook.models import Control
from lingzhi.rulebook.queries import control_of


def control_to_read(user: User, pk: int) -> Control:
    """A control that judges cases, of a version that was agreed to."""
    require(user, READ)
    rows = Control.objects.filter(kind__in=JUDGES, clause__version__applied_at__isnull=False)
    if not rows.filter(pk=pk).exists():
        raise Http404
    return control_of(pk)
