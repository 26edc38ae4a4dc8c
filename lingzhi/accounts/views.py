"""One's own settings, the security policy, and the table of roles."""

from urllib.parse import urlsplit

from django.conf import settings as configuration
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts import services
from lingzhi.accounts.access import policy_to_change, roles_to_read, view_to_forget
from lingzhi.accounts.capabilities import CAPABILITIES
from lingzhi.accounts.forms import PolicyForm, PreferencesForm, SavedViewForm, ThemeForm
from lingzhi.accounts.queries import current_policy, has_second_factor, sessions_of
from lingzhi.accounts.requests import SignedIn
from lingzhi.accounts.roles import ROLES, SEPARATED
from lingzhi.accounts.services import change_policy, change_preferences, end_sessions


@require_GET
def settings(request: SignedIn) -> HttpResponse:
    """My language, appearance, password, second factor and where I am signed in."""
    person = request.user
    initial = {"language": person.language, "theme": person.theme, "email": person.email}
    return _settings_page(request, PreferencesForm(initial=initial))


def _settings_page(request: SignedIn, form: PreferencesForm, status: int = 200) -> HttpResponse:
    page = {
        "form": form,
        "sessions": sessions_of(request.user),
        "this_session": request.session.session_key,
        "has_second_factor": has_second_factor(request.user),
        "policy": current_policy(),
    }
    return render(request, "accounts/settings.html", page, status=status)


@require_POST
def preferences(request: SignedIn) -> HttpResponse:
    form = PreferencesForm(request.POST)
    if not form.is_valid():
        return _settings_page(request, form, status=422)
    language = form.cleaned_data["language"]
    change_preferences(request.user, **form.cleaned_data)
    with override(language or None):
        messages.success(request, _("Saved."))
    response = redirect("accounts:settings")
    if language:
        response.set_cookie(configuration.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
    return response


@require_POST
def set_theme(request: SignedIn) -> HttpResponse:
    """The switch in the navigation; goes back to where it was pressed."""
    form = ThemeForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    theme = form.cleaned_data["theme"]
    change_preferences(request.user, theme=theme)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "accounts:settings"
    return redirect(back)


@require_POST
def end_others(request: SignedIn) -> HttpResponse:
    """Sign me out everywhere but here."""
    ended = end_sessions(request.user, by=request.user, but=request.session.session_key)
    messages.success(request, _("Signed out elsewhere: %d") % ended)
    return redirect("accounts:settings")


@require_http_methods(["GET", "POST"])
def policy(request: SignedIn) -> HttpResponse:
    form = PolicyForm(request.POST or None, instance=policy_to_change(request.user))
    if request.method == "POST" and form.is_valid():
        change_policy(form.cleaned_data, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("accounts:policy")
    status = 422 if form.errors else 200
    return render(request, "accounts/policy.html", {"form": form}, status=status)


@require_GET
def roles(request: SignedIn) -> HttpResponse:
    """Which role may do what: the one reviewed table, as a page."""
    roles_to_read(request.user)
    listed = list(ROLES.values())
    table = [
        (label, [code in role.capabilities for role in listed])
        for code, label in CAPABILITIES.items()
    ]
    page = {"roles": listed, "table": table, "separated": SEPARATED}
    return render(request, "accounts/roles.html", page)


@require_POST
def save_view(request: SignedIn) -> HttpResponse:
    """Keep the filters of the list from which this was sent: its address says them."""
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    query = urlsplit(request.headers.get("Referer", "")).query
    view = services.save_view(request.user, query=query, **form.cleaned_data)
    messages.success(request, _("Saved as “%(name)s”.") % {"name": view.name})
    return redirect(f"{reverse(view.page)}?{view.query}")


@require_POST
def forget_view(request: SignedIn, pk: int) -> HttpResponse:
    view = view_to_forget(request.user, pk)
    services.forget_view(view, by=request.user)
    return redirect(view.page)
