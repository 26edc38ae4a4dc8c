"""Master dictionaries: look and search, keep, and what is offered while somebody types."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.dictionaries import entry_to_change, require_keeping
from lingzhi.cases.forms.complaint_settings import RetireForm
from lingzhi.cases.forms.dictionaries import EntryFilterForm, EntryForm, StrictnessForm
from lingzhi.cases.models import DictionaryEntry, DictionaryKind
from lingzhi.cases.presenting.dictionaries import offered_name, shown_entries
from lingzhi.cases.queries.dictionaries import counted_by_kind, entries_like
from lingzhi.cases.queries.people import KEEP, READ
from lingzhi.cases.services.dictionaries import keep_entry, retire_entry, set_strictness
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well

OFFERED = 20
LONGEST = 120


@require_GET
def dictionaries(request: SignedIn) -> HttpResponse:
    """Entries by dictionary, found by code, name or sound."""
    require(request.user, READ)
    form = EntryFilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    kind, text = wanted.get("kind", ""), wanted.get("text", "")
    rows = entries_like(kind, text, with_retired=wanted.get("retired", False))
    page = page_of(request, rows)
    counts = counted_by_kind()
    context = {
        "page": page, "rows": shown_entries(page), "form": form,
        "counts": [(kind.label, counts[kind]) for kind in DictionaryKind],
        "may_set": request.user.can(KEEP), "may_import": request.user.can("imports.run"),
    }  # fmt: skip
    template = "cases/dictionaries/_rows.html" if request.htmx else "cases/dictionaries/list.html"
    return render(request, template, context)


@require_GET
def suggest(request: SignedIn, kind: str, field: str) -> HttpResponse:
    """What a dictionary offers for what was typed into a field, as options of a list."""
    require(request.user, READ)
    if kind not in DictionaryKind.values:
        raise Http404
    text = request.GET.get(field, "").replace("\x00", "")[:LONGEST].strip()
    entries = entries_like(kind, text)[:OFFERED]
    options = [(one.code, offered_name(one, text)) for one in entries]
    return render(request, "cases/dictionaries/_options.html", {"options": options})


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new line, or one that is changed."""
    require_keeping(request.user)
    entry = entry_to_change(request.user, pk) if pk else None
    form = EntryForm(entry, request.POST or None, kind=request.GET.get("kind", ""))

    def act() -> None:
        keep_entry(form.given, by=request.user, is_new=entry is None)

    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("cases:dictionaries")
    return _page(request, form, str(entry) if entry else _("New entry"), entry)


@require_http_methods(["GET", "POST"])
def retire(request: SignedIn, pk: int) -> HttpResponse:
    entry = entry_to_change(request.user, pk)
    form = RetireForm(request.POST or None)

    def act() -> None:
        retire_entry(entry, reason=form.cleaned_data["reason"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("It is offered no more."))
        return redirect("cases:dictionaries")
    return _page(request, form, _("Retire “%(name)s”") % {"name": entry})


@require_http_methods(["GET", "POST"])
def rules(request: SignedIn) -> HttpResponse:
    """What happens with words that a dictionary does not know."""
    require_keeping(request.user)
    form = StrictnessForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        set_strictness(form.cleaned_data["kinds"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("cases:dictionaries")
    return _page(request, form, _("Unknown words"))


def _page(
    request: SignedIn, form: BaseForm, title: str, entry: DictionaryEntry | None = None
) -> HttpResponse:
    shown = entry if entry and not entry.retired_at else None
    context = {"form": form, "title": title, "entry": shown}
    status = 422 if form.errors else 200
    return render(request, "cases/dictionaries/edit.html", context, status=status)
