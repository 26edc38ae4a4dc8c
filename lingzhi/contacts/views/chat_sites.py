"""Where chats are offered: the sites, their line for web pages, a page to try them on."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.access.chats import require_sites, site_to_change
from lingzhi.contacts.forms.chats import SiteForm
from lingzhi.contacts.models import ChatSite
from lingzhi.contacts.services.chat_sites import keep_site, retire_site
from lingzhi.core.errors import BadInput


@require_GET
def sites(request: SignedIn) -> HttpResponse:
    require_sites(request.user)
    rows = ChatSite.objects.select_related("unit").order_by("retired_at", "name")
    return render(request, "contacts/chat/sites.html", {"sites": rows})


@require_http_methods(["GET", "POST"])
def new_site(request: SignedIn) -> HttpResponse:
    require_sites(request.user)
    return _edited(request, ChatSite())


@require_http_methods(["GET", "POST"])
def edit_site(request: SignedIn, pk: int) -> HttpResponse:
    return _edited(request, site_to_change(request.user, pk))


def _edited(request: SignedIn, site: ChatSite) -> HttpResponse:
    form = SiteForm(request.POST or None, instance=site)
    if request.method == "POST" and form.is_valid():
        try:
            kept = keep_site(form.site(), by=request.user)
        except BadInput as wrong:
            form.add_error(wrong.field, str(wrong.sentence))
        else:
            messages.success(request, _("Saved."))
            return redirect("chat:edit_site", kept.pk)
    context: dict[str, Any] = {"form": form, "site": site, "line": _line(request, site)}
    status = 422 if request.method == "POST" else 200
    return render(request, "contacts/chat/site.html", context, status=status)


def _line(request: SignedIn, site: ChatSite) -> str:
    """What stands in a web page that offers the chat."""
    if not site.pk:
        return ""
    address = request.build_absolute_uri(static("contacts/chat-widget.js"))
    given = f'src="{address}" data-site="{site.key}" data-colour="{site.colour}"'
    return f"<script {given} async></script>"


@require_POST
def retire(request: SignedIn, pk: int) -> HttpResponse:
    retire_site(site_to_change(request.user, pk), by=request.user)
    messages.success(request, _("No new chats begin there."))
    return redirect("chat:sites")


@require_GET
def try_site(request: SignedIn, pk: int) -> HttpResponse:
    """A page like any other that embeds the chat."""
    site = site_to_change(request.user, pk)
    languages = [(code, name) for code, name in settings.LANGUAGES]
    asked = request.GET.get("lang", "")
    return render(
        request, "contacts/chat/try.html",
        {"site": site, "languages": languages, "asked": asked or request.LANGUAGE_CODE},
    )  # fmt: skip
