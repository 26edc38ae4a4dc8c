"""What complaints are sorted, written down and agreed to by: read by who sees cases, kept by who
sets flows."""

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.cases.access.cases import require
from lingzhi.cases.models import Authority, Cause, FormTemplate
from lingzhi.cases.queries.people import READ, SET

Row = TypeVar("Row", bound=Model)


def cause_to_change(user: User, pk: int) -> Cause:
    """A cause of the dictionary."""
    return _to_change(user, Cause, pk)


def authority_to_change(user: User, pk: int) -> Authority:
    """A line of the matrix of authority that is the house's own: a clause's is changed there."""
    found = _to_change(user, Authority, pk)
    if found.reference:
        raise PermissionDenied
    return found


def template_to_read(user: User, pk: int) -> FormTemplate:
    """One version of a form."""
    require(user, READ)
    return _found(FormTemplate, pk)


def template_to_change(user: User, pk: int) -> FormTemplate:
    """One version of a form; whether it still is the newest, the service says."""
    return _to_change(user, FormTemplate, pk)


def _to_change(user: User, model: type[Row], pk: int) -> Row:
    require(user, SET)
    return _found(model, pk)


def _found(model: type[Row], pk: int) -> Row:
    row = model._default_manager.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
