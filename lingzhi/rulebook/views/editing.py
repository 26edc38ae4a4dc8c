"""The editor: one desk for the draft of a version and for a pack made here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.models import User
from lingzhi.accounts.requests import SignedIn
from lingzhi.core.controls import control_kinds
from lingzhi.core.errors import BadInput
from lingzhi.rulebook import access, services
from lingzhi.rulebook.forms.editing import (
    ClauseForm,
    ControlForm,
    HeadForm,
    KindForm,
    NewPackForm,
    Row,
)
from lingzhi.rulebook.models import in_language
from lingzhi.rulebook.packs import (
    PackProblems,
    added_clause,
    content_of,
    pack_codes,
    removed_clause,
    replaced_clause,
    source_of,
)
from lingzhi.rulebook.presenting.text import chapters_of, named_controls


@dataclass(frozen=True, slots=True)
class Desk:
    """What is being edited, and how it is saved; `seen` refuses to overwrite another's change."""

    what: str
    ref: str
    body: Row
    stamp: str
    back: str
    save: Callable[[Row, str], Any]

    @property
    def title(self) -> str:
        return in_language(self.body.get("title") or {}) or self.ref

    def clause(self, number: str) -> Row:
        rows = [row for row in self.body.get("clauses") or () if row["number"] == number]
        if not rows:
            raise Http404
        return dict(rows[0])


def desk_of(user: User, what: str, ref: str) -> Desk:
    """The draft or the pack, where this person may change it."""
    if what == "version" and ref.isdecimal():
        version = access.version_to_change(user, int(ref))

        def save_draft(body: Row, seen: str) -> Any:
            return services.change_draft_body(version, body, seen=seen, by=user)

        back = reverse("rulebook:figures", args=[version.pk])
        return Desk(what, ref, version.body, services.draft_stamp(version), back, save_draft)
    if what != "pack":
        raise Http404
    pack = access.pack_to_change(user, ref)

    def save_pack(body: Row, seen: str) -> Any:
        return services.change_pack(pack, body, seen=seen, by=user)

    back = reverse("rulebook:pack", args=[pack.code])
    return Desk(what, ref, pack.body, services.pack_stamp(pack), back, save_pack)


@require_http_methods(["GET", "POST"])
def new_pack(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.WRITE)
    form = NewPackForm(request.POST or None)
    if form.is_valid():
        try:
            services.create_pack(form.cleaned_data["code"], form.body(), by=request.user)
            return redirect("rulebook:desk", "pack", form.cleaned_data["code"])
        except PackProblems as wrong:
            form.add_error(None, [str(problem) for problem in wrong.problems])
        except BadInput as wrong:
            form.add_error(wrong.field, str(wrong))
    status = 422 if request.method == "POST" else 200
    return render(request, "rulebook/new_pack.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def desk(request: SignedIn, what: str, ref: str) -> HttpResponse:
    """The clauses one under the other, and the head."""
    found = desk_of(request.user, what, ref)
    form = HeadForm.of(found.body, request.POST or None, packs=_others(found))
    if form.is_valid() and _saved(found, form.changed(found.body), request, form):
        return redirect("rulebook:desk", what, ref)
    context = {"desk": found, "form": form, "chapters": chapters_of(content_of(found.body), {})}
    status = 422 if request.method == "POST" else 200
    return render(request, "rulebook/desk.html", context, status=status)


def _others(desk: Desk) -> list[tuple[str, str]]:
    """The packs that a pack may inherit from; a draft has in it all that it inherited."""
    if desk.what != "pack":
        return []
    titles = {code: source_of(code).body.get("title") or {} for code in pack_codes()}
    return [
        (code, in_language(title) or code) for code, title in titles.items() if code != desk.ref
    ]


def _saved(desk: Desk, body: Row, request: SignedIn, form: Any) -> bool:
    """Save, or show what is wrong: of the head beside its field, else above the form."""
    try:
        desk.save(body, request.POST.get("seen", ""))
    except PackProblems as wrong:
        for problem in wrong.problems:
            is_here = not problem.number and problem.field in form.fields
            form.add_error(problem.field if is_here else None, str(problem))
        return False
    messages.success(request, _("Saved."))
    return True


@require_http_methods(["GET", "POST"])
def new_clause(request: SignedIn, what: str, ref: str) -> HttpResponse:
    found = desk_of(request.user, what, ref)
    form = ClauseForm.of({}, request.POST or None)
    if form.is_valid():
        after = request.GET.get("after", "")
        body = added_clause(found.body, form.changed({}), after=after)
        if _saved(found, body, request, form):
            return redirect("rulebook:edit_clause", what, ref, form.cleaned_data["number"])
    status = 422 if request.method == "POST" else 200
    context = {"desk": found, "form": form}
    return render(request, "rulebook/edit_clause.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit_clause(request: SignedIn, what: str, ref: str, number: str) -> HttpResponse:
    found = desk_of(request.user, what, ref)
    row = found.clause(number)
    form = ClauseForm.of(row, request.POST or None)
    if form.is_valid():
        body = replaced_clause(found.body, number, form.changed(row))
        if _saved(found, body, request, form):
            return redirect("rulebook:edit_clause", what, ref, form.cleaned_data["number"])
    context = {
        "desk": found,
        "form": form,
        "row": row,
        "heading": in_language(row.get("title") or {}),
        "controls": named_controls(row),
        "kind_form": KindForm(),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "rulebook/edit_clause.html", context, status=status)


@require_POST
def remove_clause(request: SignedIn, what: str, ref: str, number: str) -> HttpResponse:
    found = desk_of(request.user, what, ref)
    found.clause(number)
    found.save(removed_clause(found.body, number), request.POST.get("seen", ""))
    return redirect("rulebook:desk", what, ref)


@require_http_methods(["GET", "POST"])
def edit_control(
    request: SignedIn, what: str, ref: str, number: str, key: str = ""
) -> HttpResponse:
    """A control of a clause; without a key a new one of the kind that the address names."""
    found = desk_of(request.user, what, ref)
    clause = found.clause(number)
    row = _control(clause, key)
    kind = control_kinds().get(row.get("kind") or request.GET.get("kind", ""))
    if kind is None:
        raise Http404
    form = ControlForm(request.POST or None, kind=kind, row=row)
    if form.is_valid():
        body = _with_control(found.body, clause, key, form.control())
        if _saved(found, body, request, form):
            return redirect("rulebook:edit_clause", what, ref, number)
    context = {"desk": found, "form": form, "number": number, "kind": kind, "row": row}
    status = 422 if request.method == "POST" else 200
    return render(request, "rulebook/edit_control.html", context, status=status)


def _control(clause: Row, key: str) -> Row:
    if not key:
        return {}
    rows = [row for row in clause.get("controls") or () if row["key"] == key]
    if not rows:
        raise Http404
    return dict(rows[0])


def _with_control(body: Row, clause: Row, key: str, control: Row | None) -> Row:
    """The body with a control added, in the place of `key`, or (None) taken out."""
    rows = list(clause.get("controls") or ())
    there = [row["key"] for row in rows]
    new = [control] if control else []
    if key in there:
        at = there.index(key)
        rows[at : at + 1] = new
    else:
        rows += new
    return replaced_clause(body, clause["number"], {**clause, "controls": rows})


@require_POST
def remove_control(request: SignedIn, what: str, ref: str, number: str, key: str) -> HttpResponse:
    found = desk_of(request.user, what, ref)
    clause = found.clause(number)
    _control(clause, key)
    found.save(_with_control(found.body, clause, key, None), request.POST.get("seen", ""))
    return redirect("rulebook:edit_clause", what, ref, number)


@require_GET
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """The short address of a draft's desk."""
    access.version_to_change(request.user, pk)
    return redirect("rulebook:desk", "version", str(pk))


@require_POST
def withdraw_pack(request: SignedIn, code: str) -> HttpResponse:
    pack = access.pack_to_change(request.user, code)
    services.withdraw_pack(pack, by=request.user)
    messages.success(request, _("The pack is withdrawn. Regulations adopted from it stay."))
    return redirect("rulebook:list")
