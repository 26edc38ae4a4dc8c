"""What a caller names by code, found; what is not found is said with its field."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import CaseType
from lingzhi.cases.queries.flows import types_in_use, types_to_open
from lingzhi.contacts.models import Channel
from lingzhi.core.errors import BadInput
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units

Row = TypeVar("Row", bound=Model)


def _one(rows: QuerySet[Row], field: str, **named: str) -> Row:
    found = rows.filter(**named).first()
    if found is None:
        raise BadInput(_("Nothing is called so."), field=field)
    return found


def type_named(code: str) -> CaseType:
    """A type in use."""
    return _one(types_in_use(), "type", code=code)


def type_to_open(code: str) -> CaseType:
    """A type of which cases are opened; complaints are registered as such."""
    return _one(types_to_open(), "type", code=code)


def unit_named(code: str) -> Unit:
    """A unit that is open."""
    return _one(open_units(), "unit", code=code)


def person_named(staff_no: str, field: str = "person") -> User:
    """An active person."""
    return _one(User.objects.filter(is_active=True), field, staff_no=staff_no)


def channel_named(code: str) -> Channel | None:
    """A channel; none where none is named."""
    return _one(Channel.objects.all(), "channel", code=code) if code else None
