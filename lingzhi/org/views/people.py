"""People: the list, one person, and changes of a person."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.accounts.services import change_person, create_person, reactivate
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.pagination import page_of
from lingzhi.org import access
from lingzhi.org.forms import NewPersonForm, PeopleFilters, PersonForm
from lingzhi.org.presenting import PEOPLE_COLUMNS, PersonLine, people_lines, person_page
from lingzhi.org.queries import people_visible_to
from lingzhi.org.services import assign_role, deactivate_person

ORDERS = {"staff_no", "-staff_no", "name", "-name", "hired_on", "-hired_on"}
ASK = ["GET", "POST"]


@require_GET
def people(request: SignedIn) -> HttpResponse:
    access.require(request.user, "accounts.read")
    form = PeopleFilters(request.GET)
    sort = request.GET.get("sort", "")
    sort = sort if sort in ORDERS else "staff_no"
    page = page_of(request, form.narrow(people_visible_to(request.user)).order_by(sort, "pk"))
    page.object_list = people_lines(page.object_list)
    template = "org/people/_rows.html" if request.htmx else "org/people/list.html"
    rights = {"may_manage": "accounts.manage", "may_secure": "accounts.secure"}
    may = {name: request.user.can(capability) for name, capability in rights.items()}
    return render(request, template, {"page": page, "form": form, "sort": sort, **may})


@require_GET
def export(request: SignedIn) -> HttpResponse:
    """The list as filtered, as CSV or XLSX."""
    access.require(request.user, "accounts.read")
    found = PeopleFilters(request.GET).narrow(people_visible_to(request.user))
    lines: list[PersonLine] = people_lines(found.order_by("staff_no"))
    form = request.GET.get("form", "csv")
    header = [str(label) for label in PEOPLE_COLUMNS]
    return table_answer("people", form, header, (line.cells() for line in lines))


@require_GET
def person(request: SignedIn, pk: int) -> HttpResponse:
    who = access.person_to_read(request.user, pk)
    return render(request, "org/people/detail.html", person_page(request.user, who))


@require_http_methods(ASK)
def create(request: SignedIn) -> HttpResponse:
    """A new person starts with the own work alone; wider roles are the security administrator's."""
    access.require(request.user, "accounts.manage")
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        role, unit, from_on = given.pop("role"), given.pop("unit"), given.pop("from_on")
        access.unit_within(request.user, unit, "accounts.manage")
        who = create_person(**given, by=request.user)
        assign_role(who, role, unit, from_on=from_on, by=request.user)
        return redirect("org:person", who.pk)
    context = {"form": form, "title": _("New person"), "back": reverse("org:people")}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)


@require_http_methods(ASK)
def change(request: SignedIn, pk: int) -> HttpResponse:
    who = access.person_to_change(request.user, pk)
    form = PersonForm(request.POST or None, instance=who, by=request.user)
    if request.method == "POST" and form.is_valid():
        change_person(who, **form.cleaned_data, by=request.user)
        return redirect("org:person", pk)
    back = reverse("org:person", args=[pk])
    context = {"form": form, "title": _("Change %s") % who.name, "back": back}
    return render(request, "org/form.html", context, status=422 if form.errors else 200)


@require_POST
def deactivate(request: SignedIn, pk: int) -> HttpResponse:
    who = access.person_to_change(request.user, pk)
    deactivate_person(who, by=request.user, reason=request.POST.get("reason", "")[:500])
    return redirect("org:person", pk)


@require_POST
def activate(request: SignedIn, pk: int) -> HttpResponse:
    reactivate(access.person_to_change(request.user, pk), by=request.user)
    return redirect("org:person", pk)
