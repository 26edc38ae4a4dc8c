"""Pages of calls: what does not add up, and the figures of a day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access.calls import FLOOR, doubt_to_see, require
from lingzhi.contacts.forms.calls import DoubtFilters, FiguresForm
from lingzhi.contacts.phone_figures import day_table, lines
from lingzhi.contacts.queries.calls import doubts_visible_to
from lingzhi.contacts.services import see_doubt
from lingzhi.core.pagination import page_of


@require_GET
def doubts(request: SignedIn) -> HttpResponse:
    """What does not add up about calls, for somebody to look at."""
    require(request.user, "contacts.match")
    form = DoubtFilters(request.GET)
    page = page_of(request, form.narrow(doubts_visible_to(request.user)))
    template = "contacts/calls/_doubts.html" if request.htmx else "contacts/calls/doubts.html"
    return render(request, template, {"page": page, "form": form})


@require_POST
def seen(request: SignedIn, pk: int) -> HttpResponse:
    see_doubt(doubt_to_see(request.user, pk), note=request.POST.get("note", ""), by=request.user)
    messages.success(request, _("Marked as looked at."))
    return redirect("contacts:doubts")


@require_GET
def figures(request: SignedIn) -> HttpResponse:
    """The calls of a day by half hour, queue or team."""
    require(request.user, FLOOR)
    form = FiguresForm(request.GET)
    asked = form.asked
    found, total = lines(day_table(request.user, asked["day"]), asked)
    context = {"form": form, "asked": asked, "lines": found, "total": total}
    template = "contacts/calls/_figures.html" if request.htmx else "contacts/calls/figures.html"
    return render(request, template, context)
