"""The editor of a score sheet's draft: the sheet itself, its sections, its items."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.inspections import access, services, sheet_editing
from lingzhi.inspections.forms.sheets import HeadForm, ItemForm, SectionForm, initial_of
from lingzhi.inspections.models import Sheet, SheetVersion

FORMS = ["GET", "POST"]


@require_http_methods(FORMS)
def edit_head(request: SignedIn, pk: int) -> HttpResponse:
    found, draft = access.draft_to_design(request.user, pk)
    form = HeadForm(request.POST or None, initial=draft.content)
    if request.method == "POST" and form.is_valid():
        content = sheet_editing.with_head(draft.content, form.cleaned_data)
        return _saved(request, found, content)
    return _form(request, found, draft, form, _("The sheet"))


@require_http_methods(FORMS)
def edit_section(request: SignedIn, pk: int, section: str = "") -> HttpResponse:
    """A section that is there, or a new one."""
    found, draft = access.draft_to_design(request.user, pk)
    about = _part(sheet_editing.section_named, draft, section) if section else {}
    form = SectionForm(request.POST or None, initial=about)
    if request.method == "POST" and form.is_valid():
        content = sheet_editing.with_section(draft.content, section, form.cleaned_data)
        return _saved(request, found, content)
    return _form(request, found, draft, form, about.get("title") or _("New section"))


@require_http_methods(FORMS)
def edit_item(request: SignedIn, pk: int, section: str, item: str = "") -> HttpResponse:
    """An item that is there, or a new one at the end of a section."""
    found, draft = access.draft_to_design(request.user, pk)
    _part(sheet_editing.section_named, draft, section)
    about = _part(sheet_editing.item_named, draft, item) if item else {}
    before = sheet_editing.choices_before(draft.content, section, item)
    form = ItemForm(request.POST or None, initial=initial_of(about), before=before)
    if request.method == "POST" and form.is_valid():
        content = sheet_editing.with_item(draft.content, section, item, form.as_item())
        return _saved(request, found, content)
    return _form(request, found, draft, form, about.get("title") or _("New item"))


def _part(find: Any, draft: SheetVersion, code: str) -> dict[str, Any]:
    try:
        part: dict[str, Any] = find(draft.content, code)
    except sheet_editing.NoSuchPart as problem:
        raise Http404 from problem
    return part


def _form(
    request: SignedIn, found: Sheet, draft: SheetVersion, form: Any, title: str
) -> HttpResponse:
    context = {
        "sheet": found,
        "version": draft,
        "form": form,
        "title": title,
        "seen": request.POST.get("seen") or services.stamp_of_draft(draft),
    }
    status = 422 if form.errors else 200
    return render(request, "inspections/sheets/part.html", context, status=status)


def _saved(request: SignedIn, found: Sheet, content: dict[str, Any]) -> HttpResponse:
    services.save_sheet(found, content, seen=request.POST.get("seen", ""), by=request.user)
    return redirect("inspections:sheet", found.pk)


@require_POST
def move_part(request: SignedIn, pk: int, code: str) -> HttpResponse:
    """A section or an item one place up, or down with `down`."""
    return _changed(request, pk, code, is_moved=True)


@require_POST
def remove_part(request: SignedIn, pk: int, code: str) -> HttpResponse:
    """A section with its items, or one item."""
    return _changed(request, pk, code, is_moved=False)


def _changed(request: SignedIn, pk: int, code: str, *, is_moved: bool) -> HttpResponse:
    found, draft = access.draft_to_design(request.user, pk)
    try:
        if is_moved:
            content = sheet_editing.moved(draft.content, code, down="down" in request.POST)
        else:
            content = sheet_editing.without(draft.content, code)
    except sheet_editing.NoSuchPart as problem:
        raise Http404 from problem
    return _saved(request, found, content)
