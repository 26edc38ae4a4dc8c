"""Business calendars: the year at a glance, one day, the week, files."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.core.fields import DayField
from lingzhi.org import access, services
from lingzhi.org.forms import CalendarForm, DayForm, DaysFileForm, WeekForm, YearForm
from lingzhi.org.models import Calendar, SpecialDate
from lingzhi.org.queries import may_change_calendar, may_create_calendar
from lingzhi.org.views.asking import ask
from lingzhi.org.year_page import months_of, week_of, year_asked

ASK = ["GET", "POST"]
MAX_FILE = 1024 * 1024


@require_GET
def calendars(request: SignedIn) -> HttpResponse:
    access.require(request.user, "org.read")
    listed = list(Calendar.objects.prefetch_related("openings", "units"))
    if len(listed) == 1:
        return redirect("org:calendar", listed[0].pk)
    may_create = may_create_calendar(request.user)
    page = {"calendars": listed, "may_create": may_create, "today": today()}
    return render(request, "org/calendars/list.html", page)


@require_http_methods(ASK)
def create(request: SignedIn) -> HttpResponse:
    access.require_company(request.user, "org.calendar")
    return ask(
        request,
        CalendarForm(request.POST or None),
        lambda given: services.create_calendar(by=request.user, **given),
        title=_("New calendar"),
        back=reverse("org:calendars"),
    )


@require_GET
def calendar(request: SignedIn, pk: int) -> HttpResponse:
    """Twelve months; a year beyond the published ones is shown, and says that it is not."""
    found = access.calendar_to_read(request.user, pk)
    year = year_asked(request.GET.get("year", ""), today().year)
    page = {
        "calendar": found,
        "year": year,
        "months": months_of(found, year),
        "week": week_of(found),
        "is_published": found.published_from.year <= year <= found.published_until.year,
        "years": range(year - 2, year + 3),
        "specials": found.special_dates.filter(day__year=year),
        "others": Calendar.objects.exclude(pk=pk),
        "may_change": may_change_calendar(request.user, found),
        "may_create": may_create_calendar(request.user),
        "file_form": DaysFileForm(),
    }
    return render(request, "org/calendars/year.html", page)


@require_http_methods(ASK)
def week(request: SignedIn, pk: int) -> HttpResponse:
    found = access.calendar_to_change(request.user, pk)
    initial = {f"day_{row.weekday}": row.slots for row in found.openings.all()}
    form = WeekForm(request.POST or None, initial=initial)
    return ask(
        request,
        form,
        lambda _given: services.set_week(found, form.slots(), by=request.user),
        title=_("Working times of the week"),
        back=reverse("org:calendar", args=[pk]),
    )


@require_http_methods(ASK)
def day(request: SignedIn, pk: int, day: str) -> HttpResponse:
    """Make one day worked, free, or as its weekday again."""
    found = access.calendar_to_change(request.user, pk)
    when = _day(day)
    initial = _stated(found.special_dates.filter(day=when).first())
    back = f"{reverse('org:calendar', args=[pk])}?year={when.year}"

    def act(given: dict[str, str]) -> None:
        kind = given.pop("kind")
        if kind == "week":
            services.restore_day(found, when, by=request.user)
        else:
            services.change_day(found, when, is_worked=kind == "work", by=request.user, **given)

    form = DayForm(request.POST or None, initial=initial)
    return ask(request, form, act, title=f"{when:%Y-%m-%d}", back=back, subtitle=found.name)


def _stated(row: SpecialDate | None) -> dict[str, str]:
    if row is None:
        return {"kind": "week"}
    return {"kind": "work" if row.is_worked else "off", "slots": row.slots, "name": row.name}


def _day(text: str) -> date:
    try:
        found: date = DayField().clean(text)
    except ValidationError as problem:
        raise Http404 from problem
    return found


def _year(request: SignedIn) -> int:
    form = YearForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("Which year?"), field="year")
    year: int = form.cleaned_data["year"]
    return year


@require_POST
def load(request: SignedIn, pk: int) -> HttpResponse:
    """Take over what was announced for a year, and publish it."""
    found = access.calendar_to_change(request.user, pk)
    year = _year(request)
    services.load_year(found, year, by=request.user)
    messages.success(request, _("%d is loaded and published.") % year)
    return redirect(f"{reverse('org:calendar', args=[pk])}?year={year}")


@require_POST
def publish(request: SignedIn, pk: int) -> HttpResponse:
    """Publish a year that was entered by hand or from a file."""
    found = access.calendar_to_change(request.user, pk)
    year = _year(request)
    services.publish_year(found, year, by=request.user)
    messages.success(request, _("%d is published.") % year)
    return redirect(f"{reverse('org:calendar', args=[pk])}?year={year}")


@require_http_methods(ASK)
def days_file(request: SignedIn, pk: int) -> HttpResponse:
    """Special days from a CSV file, all or none."""
    found = access.calendar_to_change(request.user, pk)
    form = DaysFileForm(request.POST or None, request.FILES or None)
    page = {"form": form, "calendar": found}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "org/calendars/file.html", page, status=status)
    try:
        lines = services.read_days(form.cleaned_data["file"].read(MAX_FILE).decode("utf-8-sig"))
    except (BadInput, UnicodeDecodeError) as problem:
        form.add_error("file", _sentence(problem))
        return render(request, "org/calendars/file.html", page, status=422)
    count = services.import_days(found, lines, by=request.user)
    messages.success(request, _("%d days taken over.") % count)
    return redirect("org:calendar", pk)


def _sentence(problem: Exception) -> str:
    if isinstance(problem, BadInput):
        return _("Row %(row)d: %(sentence)s") % {"row": problem.row, "sentence": problem.sentence}
    return _("The text must be in UTF-8.")
