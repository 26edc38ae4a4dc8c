"""Counters and outlets with a code."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.surveys.access.common import MANAGE, place_to_set, require
from lingzhi.surveys.forms.sending import PlaceForm
from lingzhi.surveys.models import Place
from lingzhi.surveys.presenting.codes import code_as_svg
from lingzhi.surveys.queries.places import places_with_counts
from lingzhi.surveys.services.places import close_place, open_place
from lingzhi.surveys.views.common import form_page, sent_well


@require_GET
def places(request: SignedIn) -> HttpResponse:
    require(request.user, MANAGE)
    return render(request, "surveys/places/list.html", {"places": places_with_counts()})


@require_http_methods(["GET", "POST"])
def add(request: SignedIn) -> HttpResponse:
    require(request.user, MANAGE)
    form = PlaceForm(request.POST or None)
    if sent_well(request, form, lambda: open_place(form.instance, by=request.user)):
        messages.success(request, _("Print the code and hang it up."))
        return redirect("surveys:place", form.instance.pk)
    back = reverse("surveys:places")
    return form_page(request, form, title=_("New place"), back=back, back_title=_("Places"))


@require_GET
def place(request: SignedIn, pk: int) -> HttpResponse:
    found = place_to_set(request.user, pk)
    context = {"found": found, "link": _link(request, found)}
    return render(request, "surveys/places/place.html", context)


@require_GET
def code(request: SignedIn, pk: int) -> HttpResponse:
    """The code as a picture to print at any size."""
    found = place_to_set(request.user, pk)
    response = HttpResponse(code_as_svg(_link(request, found)), content_type="image/svg+xml")
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="code-{found.pk}.svg"'
    return response


@require_POST
def close(request: SignedIn, pk: int) -> HttpResponse:
    close_place(place_to_set(request.user, pk), by=request.user)
    messages.success(request, _("Its code leads nowhere any more."))
    return redirect("surveys:places")


def _link(request: SignedIn, found: Place) -> str:
    return request.build_absolute_uri(reverse("surveys:at_place", args=[found.code]))
