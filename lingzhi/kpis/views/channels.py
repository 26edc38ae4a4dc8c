"""The same indicators on every channel: whether service is alike wherever one comes in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.kpis import access
from lingzhi.kpis.forms import FigureFilters
from lingzhi.kpis.presenting.channels import shown_side_by_side


@require_GET
def channels(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    form = FigureFilters(request.GET, user=request.user)
    form.fields.pop("channel")
    context = {"form": form, "table": shown_side_by_side(form)}
    template = "kpis/_channels.html" if request.htmx else "kpis/channels.html"
    return render(request, template, context)
