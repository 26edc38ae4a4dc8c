"""Visits: the list, the engineer's day, one visit for one thumb."""

from collections.abc import Callable

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access import visits as access
from lingzhi.cases.access.cases import require
from lingzhi.cases.forms.visits import RebookForm, VisitFilterForm, VisitForm, VisitResultForm
from lingzhi.cases.models import Visit
from lingzhi.cases.presenting.visits import shown_visits
from lingzhi.cases.queries.people import READ, WORK
from lingzhi.cases.queries.visits import (
    VisitFilters,
    maintenance_done,
    punctuality,
    visits_of_day,
    visits_visible_to,
)
from lingzhi.cases.services import visits as services
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of


@require_GET
def visits(request: SignedIn) -> HttpResponse:
    """All within sight, with punctuality."""
    require(request.user, READ)
    form = VisitFilterForm(request.GET)
    wanted = VisitFilters(**form.cleaned_data) if form.is_valid() else VisitFilters()
    rows = wanted.apply(visits_visible_to(request.user))
    page = page_of(request, rows)
    punctual, done = punctuality(rows), maintenance_done(rows)
    context = {
        "page": page, "rows": shown_visits(page), "form": form, "may_plan": request.user.can(WORK),
        "rates": [
            (_("Arrived within the window"), punctual, punctual.interval()),
            (_("Maintenance carried out"), done, done.interval()),
        ],
    }  # fmt: skip
    template = "cases/visits/_rows.html" if request.htmx else "cases/visits/list.html"
    return render(request, template, context)


@require_GET
def my_visits(request: SignedIn) -> HttpResponse:
    """Where I go today."""
    require(request.user, READ)
    rows = shown_visits(visits_of_day(request.user, today()))
    return render(request, "cases/visits/mine.html", {"rows": rows, "day": today()})


@require_http_methods(["GET", "POST"])
def plan(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """Agree on a visit, for a case or as maintenance."""
    require(request.user, WORK)
    case = access.case_to_visit(request.user, pk) if pk else None
    form = VisitForm(request.user, case, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            visit = services.plan_visit(form.agreed, by=request.user)
        except BadInput as wrong:
            form.add_error(wrong.field, str(wrong.sentence))
        else:
            messages.success(request, _("The visit is agreed."))
            return redirect("cases:visit", visit.pk)
    status = 422 if form.errors else 200
    return render(request, "cases/visits/plan.html", {"form": form, "case": case}, status=status)


@require_GET
def visit(request: SignedIn, pk: int) -> HttpResponse:
    return _page(request, access.visit_to_read(request.user, pk))


def _page(
    request: SignedIn, found: Visit, problem: BadInput | None = None, **sent: object
) -> HttpResponse:
    context = {
        "visit": found,
        "shown": shown_visits([found])[0],
        "is_mine": found.engineer_id == request.user.pk,
        "place": found.whole_place() if access.goes_or_plans(request.user, found) else found.place,
        "rebookings": found.rebookings.select_related("by"),
        "photos": found.photos.all(),
        "problem": problem,
        "result_form": VisitResultForm(),
        "rebook_form": RebookForm(),
        **sent,
    }
    return render(request, "cases/visits/visit.html", context, status=422 if problem else 200)


def _act(request: SignedIn, found: Visit, act: Callable[[], object], said: str) -> HttpResponse:
    try:
        act()
    except BadInput as wrong:
        return _page(request, found, wrong)
    messages.success(request, said)
    return redirect("cases:visit", found.pk)


@require_POST
def go(request: SignedIn, pk: int, step: str) -> HttpResponse:
    """One tap: on the way, the customer was told of a delay, arrived."""
    steps = {"set-out": services.set_out, "late": services.tell_delay, "arrive": services.arrive}
    found = access.visit_to_make(request.user, pk)
    if step not in steps:
        raise Http404
    return _act(request, found, lambda: steps[step](found, by=request.user), _("Noted."))


@require_POST
def finish(request: SignedIn, pk: int) -> HttpResponse:
    found, form = access.visit_to_make(request.user, pk), VisitResultForm(request.POST)
    if not form.is_valid():
        problem = BadInput(_("Please look at the fields marked below."))
        return _page(request, found, problem, result_form=form)
    return _act(
        request, found,
        lambda: services.finish_visit(found, **form.cleaned_data, by=request.user),
        _("The visit is done."),
    )  # fmt: skip


@require_POST
def give_up(request: SignedIn, pk: int) -> HttpResponse:
    """Not done, or called off, with its reason."""
    found = access.visit_to_change(request.user, pk)
    is_cancelled = found.state == Visit.State.PLANNED
    reason = request.POST.get("reason", "")
    return _act(
        request, found,
        lambda: services.give_up_visit(
            found, reason=reason, is_cancelled=is_cancelled, by=request.user
        ),
        _("It is kept why nothing was done."),
    )  # fmt: skip


@require_POST
def rebook(request: SignedIn, pk: int) -> HttpResponse:
    found, form = access.visit_to_change(request.user, pk), RebookForm(request.POST)
    if not form.is_valid():
        problem = BadInput(_("Please look at the fields marked below."))
        return _page(request, found, problem, rebook_form=form)
    return _act(
        request, found, lambda: services.rebook_visit(found, **form.cleaned_data, by=request.user),
        _("The visit has another window."),
    )  # fmt: skip


@require_POST
def add_photo(request: SignedIn, pk: int) -> HttpResponse:
    found = access.visit_to_make(request.user, pk)
    sent = request.FILES.get("photo")

    def act() -> None:
        if sent is None or sent.name is None or sent.file is None:
            raise BadInput(_("Only JPEG and PNG are taken."), field="photo")
        services.add_visit_photo(found, sent.file, name=sent.name, by=request.user)

    return _act(request, found, act, _("The photo is kept."))


@require_GET
def photo(request: SignedIn, pk: int) -> FileResponse:
    """The picture itself."""
    found = access.photo_to_see(request.user, pk)
    if not default_storage.exists(found.file.stored_as):
        raise Http404
    file = default_storage.open(found.file.stored_as, "rb")
    kind = services.picture_kind(file.read(16)) or "application/octet-stream"
    file.seek(0)
    return FileResponse(file, content_type=kind)
