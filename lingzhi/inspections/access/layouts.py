"""Layouts of the monthly export: who may use them, who may change them."""

from django.http import Http404

from lingzhi.accounts.models import User
from lingzhi.inspections.access.rights import POLICY, require
from lingzhi.inspections.models import ExportLayout
from lingzhi.org.queries import reach

EXPORT = "contacts.export"


def layouts_of(user: User) -> list[ExportLayout]:
    """Layouts over units from which this person may take scores out."""
    require(user, EXPORT)
    within = reach(user, EXPORT)
    rows = ExportLayout.objects.select_related("unit", "changed_by")
    return [one for one in rows if within.covers(one.unit, None)]


def layout_to_use(user: User, pk: int) -> ExportLayout:
    found = next((one for one in layouts_of(user) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


def layout_to_change(user: User, pk: int) -> ExportLayout:
    found = layout_to_use(user, pk)
    require(user, POLICY)
    return found
