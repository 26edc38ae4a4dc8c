"""Supervision areas, the lines of supervision, and who is in charge of a matter."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.org import access, services
from lingzhi.org.forms import AreaForm, DesignationForm, LinesForm
from lingzhi.org.models import Designation, Matter, SupervisionArea, Unit
from lingzhi.org.queries import current_lines, in_force
from lingzhi.org.views.asking import ask, done, last_day

ASK = ["GET", "POST"]


@require_GET
def supervision(request: SignedIn) -> HttpResponse:
    access.require(request.user, "org.read")
    departments = Unit.objects.filter(closed_at=None, kind=Unit.Kind.DEPARTMENT)
    page = {
        "areas": SupervisionArea.objects.filter(closed_at=None).select_related("unit", "owner"),
        "departments": departments.select_related("quality_representative"),
        "lines": current_lines(),
        "may_manage": request.user.can("org.manage"),
    }
    return render(request, "org/supervision/list.html", page)


@require_http_methods(ASK)
def create_area(request: SignedIn) -> HttpResponse:
    access.require(request.user, "org.manage")

    def act(given: dict[str, Any]) -> None:
        access.unit_within(request.user, given["unit"])
        services.create_area(by=request.user, **given)

    form = AreaForm(request.POST or None, initial={"unit": request.GET.get("unit")})
    return ask(request, form, act, title=_("New area"), back=reverse("org:supervision"))


@require_http_methods(ASK)
def change_area(request: SignedIn, pk: int) -> HttpResponse:
    area = access.area_to_change(request.user, pk)

    def act(given: dict[str, Any]) -> None:
        access.unit_within(request.user, given["unit"])
        services.change_area(area, given, by=request.user)

    form = AreaForm(request.POST or None, instance=area)
    title = _("Change %s") % area.name
    return ask(request, form, act, title=title, back=reverse("org:supervision"))


@require_POST
def close_area(request: SignedIn, pk: int) -> HttpResponse:
    area = access.area_to_change(request.user, pk)
    services.close_area(area, by=request.user, reason=request.POST.get("reason", "")[:500])
    return redirect("org:supervision")


@require_http_methods(ASK)
def lines(request: SignedIn) -> HttpResponse:
    access.require_company(request.user, "org.manage")
    return ask(
        request,
        LinesForm(request.POST or None, instance=current_lines()),
        lambda given: services.change_lines(given, by=request.user),
        title=_("Lines of supervision"),
        back=reverse("org:supervision"),
    )


@require_GET
def matters(request: SignedIn) -> HttpResponse:
    """Who is in charge of what, with published contact data (R-OR-15)."""
    access.require(request.user, "org.read")
    rows = Designation.objects.filter(in_force(today())).select_related("unit__owner", "person")
    by_matter = [
        (label, [row for row in rows if row.matter == code]) for code, label in Matter.choices
    ]
    page = {"by_matter": by_matter, "may_manage": request.user.can("org.manage")}
    return render(request, "org/supervision/matters.html", page)


@require_http_methods(ASK)
def designate(request: SignedIn) -> HttpResponse:
    access.require(request.user, "org.manage")

    def act(given: dict[str, Any]) -> None:
        unit = access.unit_within(request.user, given.pop("unit"))
        services.designate(given.pop("matter"), unit, by=request.user, **given)

    form = DesignationForm(request.POST or None)
    return ask(request, form, act, title=_("Put in charge"), back=reverse("org:matters"))


@require_POST
def end_designation(request: SignedIn, pk: int) -> HttpResponse:
    row = access.designation_to_end(request.user, pk)
    services.end_dated(row, on=last_day(request) or today(), by=request.user)
    return done(request, _("The designation is ended."), reverse("org:matters"))
