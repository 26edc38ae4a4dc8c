"""The organisation tree and its units."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.org import access
from lingzhi.org.forms import NewUnitForm, UnitForm
from lingzhi.org.models import Unit
from lingzhi.org.presenting import people_lines
from lingzhi.org.queries import calendar_of, current_lines, people_in, reach, unit_tree
from lingzhi.org.services import change_unit, close_unit, create_unit
from lingzhi.org.views.asking import ask


@require_GET
def units(request: SignedIn) -> HttpResponse:
    access.require(request.user, "org.read")
    with_closed = "closed" in request.GET
    tree = list(unit_tree(with_closed=with_closed))
    headless = [unit for unit in tree if unit.kind == Unit.Kind.CENTRE and not unit.owner]
    page = {
        "tree": tree,
        "with_closed": with_closed,
        "headless": headless,
        "may_manage": request.user.can("org.manage"),
    }
    return render(request, "org/units/list.html", page)


@require_GET
def unit(request: SignedIn, pk: int) -> HttpResponse:
    found = access.unit_to_read(request.user, pk)
    page = {
        "unit": found,
        "above": Unit.objects.filter(pk__in=found.above),
        "below": found.children.filter(closed_at=None).select_related("owner"),
        "areas": found.areas.filter(closed_at=None).select_related("owner"),
        "calendar": calendar_of(found),
        "people": people_lines(people_in(found)[:200]) if request.user.can("accounts.read") else [],
        "may_change": request.user.can("org.manage")
        and reach(request.user, "org.manage").covers(found, None),
        "lines": current_lines(),
    }
    return render(request, "org/units/detail.html", page)


@require_http_methods(["GET", "POST"])
def create(request: SignedIn) -> HttpResponse:
    access.require(request.user, "org.manage")

    def act(given: dict[str, Any]) -> None:
        access.unit_within(request.user, given["parent"])
        create_unit(by=request.user, **given)

    form = NewUnitForm(request.POST or None, initial={"parent": request.GET.get("parent")})
    return ask(request, form, act, title=_("New unit"), back=reverse("org:units"))


@require_http_methods(["GET", "POST"])
def change(request: SignedIn, pk: int) -> HttpResponse:
    found = access.unit_to_change(request.user, pk)
    return ask(
        request,
        UnitForm(request.POST or None, instance=found),
        lambda given: change_unit(found, given, by=request.user),
        title=_("Change %s") % found.name,
        back=reverse("org:unit", args=[pk]),
    )


@require_POST
def close(request: SignedIn, pk: int) -> HttpResponse:
    found = access.unit_to_change(request.user, pk)
    close_unit(found, by=request.user, reason=request.POST.get("reason", "")[:500])
    return redirect("org:unit", pk)
