"""The adopter's own regulation: bring it in, decide about what was found, make it a pack."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.rulebook import access, services
from lingzhi.rulebook.forms.importing import ClauseForm, ControlForm, RegulationForm
from lingzhi.rulebook.models import Pack
from lingzhi.rulebook.packs import PackProblems, said
from lingzhi.rulebook.presenting.importing import (
    current_place,
    first_open,
    progress_of,
    shown_clauses,
)
from lingzhi.rulebook.regulation_text.blocks import Trouble

DECISIONS = ("confirmed", "refused", "")


@require_http_methods(["GET", "POST"])
def new_import(request: SignedIn) -> HttpResponse:
    """A file or a pasted text; everything that is wrong with it is named at once."""
    access.require(request.user, access.WRITE)
    form = RegulationForm(request.POST or None, request.FILES or None)
    troubles: tuple[Trouble, ...] = ()
    if form.is_valid():
        try:
            pack = _imported(request, form.cleaned_data)
        except services.RegulationTroubles as refused:
            troubles = refused.troubles
        else:
            return redirect("rulebook:import_review", pack.code)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "troubles": troubles}
    return render(request, "rulebook/import_new.html", context, status=status)


def _imported(request: SignedIn, found: dict[str, Any]) -> Pack:
    file = found["file"]
    return services.import_regulation(
        content=file.read() if file else b"",
        name=file.name if file else "",
        text="" if file else found["text"],
        title=found["title"],
        by=request.user,
    )


@require_GET
def review(request: SignedIn, code: str) -> HttpResponse:
    """The clauses with the words that were found, and what is proposed for each."""
    return _review(request, access.pack_to_change(request.user, code))


def _review(request: SignedIn, pack: Pack) -> HttpResponse:
    page = page_of(request, pack.body["clauses"])
    clauses = shown_clauses(pack, list(page))
    at = first_open(pack)
    next_page = at // page.paginator.per_page + 1 if at >= 0 else 0
    context = {
        "pack": pack,
        "page": page,
        "clauses": clauses,
        "at": current_place(clauses),
        "progress": progress_of(pack),
        "next_page": next_page if next_page != page.number else 0,
    }
    template = "rulebook/_import_review.html" if request.htmx else "rulebook/import_review.html"
    return render(request, template, context)


@require_POST
def decide(request: SignedIn, code: str, pk: int) -> HttpResponse:
    """Confirm, refuse or take back one proposal; one that lacks something is asked about."""
    pack = access.pack_to_change(request.user, code)
    decision = request.POST.get("decision", "")
    if decision not in DECISIONS:
        raise Http404
    try:
        pack = services.decide_proposal(pack, pk, decision, by=request.user)
    except PackProblems:
        url = reverse("rulebook:import_change", args=[code, pk])
        return HttpResponseClientRedirect(url) if request.htmx else redirect(url)
    return _review(request, pack) if request.htmx else redirect(_place(request, code, pk))


def _place(request: SignedIn, code: str, pk: int) -> str:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return f"{reverse('rulebook:import_review', args=[code])}{query}#proposal-{pk}"


@require_http_methods(["GET", "POST"])
def change(request: SignedIn, code: str, pk: int) -> HttpResponse:
    """The parameters of a proposed control; saving confirms it."""
    pack = access.pack_to_change(request.user, code)
    row = next((one for one in pack.proposals if one["id"] == pk), None)
    if row is None:
        raise Http404
    form = ControlForm(request.POST or None, control=row["control"])
    if form.is_valid() and _confirmed(request, pack, form, pk):
        return redirect(_place(request, code, pk))
    status = 422 if request.method == "POST" else 200
    clause = next(one for one in pack.body["clauses"] if one["number"] == row["number"])
    words = said(clause.get("text") or {})[row["start"] : row["end"]]
    context = {"form": form, "pack": pack, "clause": clause, "words": words}
    return render(request, "rulebook/import_change.html", context, status=status)


def _confirmed(request: SignedIn, pack: Pack, form: ControlForm, pk: int) -> bool:
    try:
        services.decide_proposal(pack, pk, "confirmed", control=form.control(), by=request.user)
    except PackProblems as wrong:
        for problem in wrong.problems:
            name = problem.field.rpartition(".")[2]
            form.add_error(name if name in form.fields else None, str(problem.message))
        return False
    return True


@require_http_methods(["GET", "POST"])
def change_clause(request: SignedIn, code: str, number: str) -> HttpResponse:
    """The number, title, text and force of a clause."""
    pack = access.pack_to_change(request.user, code)
    clause = next((one for one in pack.body["clauses"] if one["number"] == number), None)
    if clause is None:
        raise Http404
    texts = {name: said(clause.get(name) or {}) for name in ("title", "text")}
    given = {"number": number, "force": clause["force"], **texts}
    form = ClauseForm(request.POST or None, initial=given)
    if form.is_valid():
        try:
            services.change_clause(pack, number, form.cleaned_data, by=request.user)
        except PackProblems as wrong:
            for problem in wrong.problems:
                name = problem.field if problem.field in form.fields else None
                form.add_error(name, str(problem.message))
        else:
            url = reverse("rulebook:import_review", args=[code])
            return redirect(f"{url}#clause-{form.cleaned_data['number']}")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "pack": pack, "number": number}
    return render(request, "rulebook/import_clause.html", context, status=status)


@require_POST
def refuse_rest(request: SignedIn, code: str) -> HttpResponse:
    services.refuse_undecided(access.pack_to_change(request.user, code), by=request.user)
    return redirect("rulebook:import_review", code)


@require_POST
def finish(request: SignedIn, code: str) -> HttpResponse:
    """The pack is whole; the adoption begins."""
    services.finish_import(access.pack_to_change(request.user, code), by=request.user)
    messages.success(request, _("The regulation is a rule pack now. Adopt it here."))
    return redirect("rulebook:adopt", code)
