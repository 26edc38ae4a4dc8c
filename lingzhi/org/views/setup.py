"""The first set-up of a real installation, once."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingzhi.accounts.queries import has_people
from lingzhi.org.forms import SetupForm
from lingzhi.org.services import Founder, Founding, opens_setup, set_up, setup_token


@login_not_required
@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Company, centre and three administrators; opened by the token in the data directory."""
    if has_people():
        raise Http404
    setup_token()
    form = SetupForm(request.POST or None, initial={"token": request.GET.get("token", "")})
    if request.method == "POST" and form.is_valid():
        if opens_setup(form.cleaned_data["token"]):
            issued = set_up(_founding(form.cleaned_data))
            return render(request, "org/setup/done.html", {"issued": issued})
        form.add_error("token", _("This is not the token of this installation."))
    return render(
        request, "org/setup/form.html", {"form": form}, status=422 if form.errors else 200
    )


def _founding(given: dict[str, str]) -> Founding:
    def founder(role: str) -> Founder:
        parts = ("staff_no", "name", "email", "password")
        return Founder(**{part: given[f"{role}_{part}"] for part in parts})

    return Founding(
        company=given["company"],
        centre=given["centre"],
        system=founder("system"),
        security=founder("security"),
        audit=founder("audit"),
    )
