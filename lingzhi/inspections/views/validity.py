"""What the items of a sheet have to do with what customers do afterwards."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.models import ItemValidity, SheetVersion
from lingzhi.inspections.queries.validity import Validity, validity_of


@require_GET
def validity(request: SignedIn, pk: int) -> HttpResponse:
    """Item by item, in the order of the sheet's newest version in force."""
    sheet = access.sheet_to_read(request.user, pk)
    access.require(request.user, access.SCORE)
    active = sheet.versions.filter(state=SheetVersion.State.ACTIVE).first()
    found = validity_of(sheet)
    items = active.read().items if active else ()
    rows = [(item, found.get(item.code, Validity(item.code, ()))) for item in items]
    counted = ItemValidity.objects.filter(sheet=sheet).first()
    context = {
        "sheet": sheet,
        "version": active,
        "page": page_of(request, rows),
        "to_remove": [item.title for item, one in rows if one.is_to_remove],
        "counted_at": counted.counted_at if counted else None,
    }
    return render(request, "inspections/trust/validity.html", context)
