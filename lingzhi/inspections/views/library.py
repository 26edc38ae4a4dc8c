"""The library of typical cases: to search, to read, to print, to propose and to approve."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.contacts.models import Contact
from lingzhi.contacts.presenting import shown_turns
from lingzhi.contacts.queries import visible_to
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.documents.word import word_answer
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.inspections.access import READ, require
from lingzhi.inspections.access.library import (
    case_to_approve,
    case_to_change,
    case_to_read,
    contact_for_case,
    may_approve,
)
from lingzhi.inspections.forms.library import CaseForm, LibraryFilters
from lingzhi.inspections.models import Appeal, Review, TypicalCase
from lingzhi.inspections.presenting.library import first_of, shown_case, word_cases
from lingzhi.inspections.queries.appeals import appeals_visible_to
from lingzhi.inspections.queries.library import cases_visible_to, narrowed_cases
from lingzhi.inspections.queries.reviews import reviews_visible_to
from lingzhi.inspections.services import library as services
from lingzhi.org.queries import centre_name

MOST_PRINTED = 100


@require_GET
def typical_cases(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    form = LibraryFilters(request.GET)
    form.is_valid()
    page = page_of(request, _narrowed(request, form))
    page.object_list = [shown_case(one) for one in page.object_list]
    template = "inspections/library/_rows.html" if request.htmx else "inspections/library/list.html"
    return render(request, template, {"page": page, "form": form})


def _narrowed(request: SignedIn, form: LibraryFilters) -> QuerySet[TypicalCase]:
    return narrowed_cases(cases_visible_to(request.user), **form.cleaned_data)


@require_GET
def typical_case(request: SignedIn, pk: int) -> HttpResponse:
    case = case_to_read(request.user, pk)
    sees = case.contact_id and visible_to(request.user).filter(pk=case.contact_id).exists()
    context = {
        "case": case,
        "shown": shown_case(case),
        "may_approve": may_approve(request.user, case),
        "may_change": case.state == "proposed"
        and (may_approve(request.user, case) or case.proposed_by_id == request.user.pk),
        "sees_contact": sees,
    }
    return render(request, "inspections/library/case.html", context)


@require_http_methods(["GET", "POST"])
def new_typical_case(request: SignedIn, contact: int) -> HttpResponse:
    """From a conversation; `?review=` or `?appeal=` begins with what was found there."""
    found = contact_for_case(request.user, contact)
    review, appeal = _origin(request, found)
    form = CaseForm(request.POST or None, initial=first_of(review, appeal))
    if request.method == "POST" and form.is_valid():
        try:
            case = services.propose_case(
                found, form.draft(), review=review, appeal=appeal, by=request.user
            )
        except BadInput as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            messages.success(request, _("The case is proposed; a lead looks at it."))
            return redirect("inspections:typical_case", case.pk)
    return _form_page(request, form, found)


def _form_page(request: SignedIn, form: CaseForm, contact: Contact) -> HttpResponse:
    context = {"form": form, "contact": contact, "turns": shown_turns(contact, {})}
    status = 422 if form.errors else 200
    return render(request, "inspections/library/form.html", context, status=status)


def _origin(request: SignedIn, contact: Contact) -> tuple[Review | None, Appeal | None]:
    """The score and the appeal that the address names, as far as they are this person's to see."""
    keys = {name: request.GET.get(name, "") for name in ("review", "appeal")}
    appeal = None
    if keys["appeal"].isdecimal():
        rows = appeals_visible_to(request.user).filter(review__contact=contact)
        appeal = rows.filter(pk=int(keys["appeal"])).first()
    if appeal is not None:
        return appeal.review, appeal
    if not keys["review"].isdecimal():
        return None, None
    scores = reviews_visible_to(request.user).filter(contact=contact)
    return scores.filter(pk=int(keys["review"])).first(), None


@require_http_methods(["GET", "POST"])
def edit_typical_case(request: SignedIn, pk: int) -> HttpResponse:
    """While it is proposed."""
    case = case_to_change(request.user, pk)
    if case.contact is None:
        raise services.NotProposed()
    form = CaseForm(request.POST or None, initial=_initial(case))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_case(case, form.draft(), by=request.user)
        except BadInput as problem:
            form.add_error(problem.field or None, str(problem.sentence))
        else:
            return redirect("inspections:typical_case", pk)
    return _form_page(request, form, case.contact)


def _initial(case: TypicalCase) -> dict[str, Any]:
    names = ("title", "kind", "why", "dimension", "item")
    return {name: getattr(case, name) for name in names} | {
        "tags": ", ".join(case.tags),
        "turns": ", ".join(str(turn["seq"]) for turn in case.excerpt),
    }


@require_POST
def approve_typical_case(request: SignedIn, pk: int) -> HttpResponse:
    services.approve_case(case_to_approve(request.user, pk), by=request.user)
    messages.success(request, _("The case is in the library."))
    return redirect("inspections:typical_case", pk)


@require_POST
def retire_typical_case(request: SignedIn, pk: int) -> HttpResponse:
    case = case_to_approve(request.user, pk)
    services.retire_case(case, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The case is retired."))
    return redirect("inspections:typical_case", pk)


@require_GET
def print_typical_cases(request: SignedIn, kind: str) -> HttpResponse:
    """The filtered list as a handout, `pdf` or `word`; `?case=` for one of them."""
    require(request.user, READ)
    form = LibraryFilters(request.GET)
    form.is_valid()
    rows, one = _narrowed(request, form), request.GET.get("case", "")
    if one.isdecimal():
        rows = cases_visible_to(request.user).filter(pk=int(one))
    cases = [shown_case(case) for case in rows[:MOST_PRINTED]]
    title = _("Typical cases")
    if kind == "word":
        document = word_cases(title, cases, author=centre_name())
        return word_answer(document, "typical-cases")
    context = {"cases": cases, "title": title}
    return pdf_answer(request, "inspections/library/print.html", context, "typical-cases")
