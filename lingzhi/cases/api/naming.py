"""What a caller names by code, found; what is not found is said with its field."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from lingzhi.accounts.models import User
from lingzhi.cases.models import CaseType
from lingzhi.cases.queries.fields import Value, fields_named
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


def own_wanted(pairs: list[str]) -> dict[str, Value]:
    """`channel:online` as the value of an own field that cases are narrowed by."""
    said = dict(one.partition(":")[::2] for one in pairs)
    fields = {code: one for code, one in fields_named(said).items() if one.is_narrowing}
    found: dict[str, Value] = {}
    for code, value in said.items():
        choices = {"yes": True, "no": False}
        if code in fields and fields[code].is_list:
            choices = {one["code"]: one["code"] for one in fields[code].choices}
        if code not in fields or value not in choices:
            raise BadInput(_("Nothing is called so."), field="own")
        found[code] = choices[value]
    return found
