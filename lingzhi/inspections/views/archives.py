"""Quality archives of agents and managers: who has one, one of them, on paper."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.access.archives import archive_to_read
from lingzhi.inspections.forms.archives import PeopleFilters, PeriodForm
from lingzhi.inspections.models import Grade
from lingzhi.inspections.presenting.archives import archive_of
from lingzhi.inspections.queries.archives import LEADING
from lingzhi.inspections.services.archives import record_archive_print
from lingzhi.org.queries import people_visible_to, teams_on

PLACE = "inspections/archives"


@require_GET
def archives(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = PeopleFilters(request.GET)
    people = form.narrowed(people_visible_to(request.user, access.READ), LEADING)
    page = page_of(request, people)
    shown = [one.pk for one in page]
    teams = teams_on(today(), shown)
    grades = Grade.objects.filter(person__in=shown, is_latest=True).order_by("to_on")
    latest = {one.person_id: one for one in grades.select_related("criteria")}
    page.object_list = [(one, teams.get(one.pk), latest.get(one.pk)) for one in page]
    template = f"{PLACE}/_rows.html" if request.htmx else f"{PLACE}/list.html"
    return render(request, template, {"page": page, "form": form})


@require_GET
def my_archive(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    return redirect("inspections:archive", request.user.pk)


@require_GET
def archive(request: SignedIn, pk: int) -> HttpResponse:
    person = archive_to_read(request.user, pk)
    form = PeriodForm(request.GET)
    context = {"archive": archive_of(person, *form.days()), "form": form}
    return render(request, f"{PLACE}/archive.html", context)


@require_GET
def print_archive(request: SignedIn, pk: int) -> HttpResponse:
    """The same as a document."""
    person = archive_to_read(request.user, pk)
    context = {"archive": archive_of(person, *PeriodForm(request.GET).days())}
    record_archive_print(person, by=request.user)
    return pdf_answer(request, f"{PLACE}/print.html", context, f"archive-{person.staff_no}")
