"""The directory of matters, the list of work orders, the board, the settings of dispatch."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.dispatch import matter_to_change
from lingzhi.cases.forms.dispatch import DispatchSettingsForm, MatterForm, OrderFilterForm
from lingzhi.cases.models import DispatchSettings
from lingzhi.cases.presenting.boards import shown_board, shown_orders
from lingzhi.cases.queries.dispatch import (
    dispatch_settings,
    matters_in_force,
    orders_visible_to,
    return_reasons,
)
from lingzhi.cases.queries.orders import OrderFilters
from lingzhi.cases.queries.people import READ, SET
from lingzhi.cases.services.directory import set_dispatch, set_matter
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of


@require_GET
def directory(request: SignedIn) -> HttpResponse:
    """Which unit is responsible for which matter today."""
    require(request.user, READ)
    context = {
        "page": page_of(request, matters_in_force().order_by("code")),
        "may_set": request.user.can(SET),
        "may_import": request.user.can("imports.run"),
        "reasons": return_reasons(),
    }
    return render(request, "cases/directory/list.html", context)


@require_http_methods(["GET", "POST"])
def matter(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new line, or what holds of a matter from a day on."""
    require(request.user, SET)
    before = matter_to_change(request.user, pk) if pk else None
    initial: dict[str, object] = {"from_on": today()}
    if before is not None:
        names = ("code", "name", "unit", "type", "words", "ground", "limit_days")
        initial |= {name: getattr(before, name) for name in names}
        initial["assisting"] = before.assisting.all()
    form = MatterForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_matter(form.given, by=request.user)
        except BadInput as wrong:
            form.add_error(wrong.field, str(wrong.sentence))
        else:
            messages.success(request, _("The directory is changed."))
            return redirect("cases:directory")
    context = {"form": form, "matter": before}
    status = 422 if form.errors else 200
    return render(request, "cases/directory/matter.html", context, status=status)


@require_GET
def work_orders(request: SignedIn) -> HttpResponse:
    """Orders of one's units and of one's desk."""
    require(request.user, READ)
    form = OrderFilterForm(request.GET)
    wanted = OrderFilters(**form.cleaned_data) if form.is_valid() else OrderFilters()
    page = page_of(request, wanted.apply(orders_visible_to(request.user)))
    context = {"page": page, "rows": shown_orders(page), "form": form}
    template = "cases/dispatch/_rows.html" if request.htmx else "cases/dispatch/list.html"
    return render(request, template, context)


@require_GET
def board(request: SignedIn) -> HttpResponse:
    """What each unit did with the orders of a month; every number opens its list."""
    require(request.user, READ)
    form = OrderFilterForm(request.GET)
    month = (form.is_valid() and form.cleaned_data["month"]) or f"{today():%Y-%m}"
    context = shown_board(request.user, month)
    return render(request, "cases/dispatch/board.html", context)


@require_http_methods(["GET", "POST"])
def settings(request: SignedIn) -> HttpResponse:
    """How the centre dispatches."""
    require(request.user, SET)
    known = dispatch_settings()
    form = DispatchSettingsForm(request.POST or None, instance=known)
    if request.method == "POST" and form.is_valid():
        names = DispatchSettings._meta.get_fields()
        values = {one.name: form.cleaned_data[one.name] for one in names if one.name in form.fields}
        set_dispatch(values, by=request.user)
        messages.success(request, _("The settings of dispatch are kept."))
        return redirect("cases:dispatch_settings")
    status = 422 if form.errors else 200
    return render(request, "cases/dispatch/settings.html", {"form": form}, status=status)
