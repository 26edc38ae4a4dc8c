"""A form of a complaint: the sections that were signed, the one that is due, and on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.complaints import form_to_read
from lingzhi.cases.forms.complaint_items import SectionForm
from lingzhi.cases.models import PaperForm
from lingzhi.cases.presenting.paper import shown_sections
from lingzhi.cases.queries.paper import section_due, signers_of
from lingzhi.cases.services.paper import facts_of, is_genuine, sign_section
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.languages import in_language


@require_http_methods(["GET", "POST"])
def form(request: SignedIn, pk: int) -> HttpResponse:
    """Read it; whoever's turn it is fills the section that is due and signs."""
    paper = form_to_read(request.user, pk)
    due = section_due(paper)
    signers = signers_of(paper, due) if due else []
    sent = None
    if due is not None and request.user in signers:
        sent = SectionForm(due, facts_of(paper.complaint), request.POST or None)
    if request.method == "POST":
        sign_section(paper, request.POST.dict(), by=request.user)
        messages.success(request, _("The section is signed."))
        return redirect("cases:form", pk)
    context = {
        **_shown(paper),
        "due": in_language(due["title"]) if due else "",
        "form": sent,
        "signers": signers,
    }
    return render(request, "cases/paper/form.html", context)


@require_GET
def pdf(request: SignedIn, pk: int) -> HttpResponse:
    """The form on paper, with its signatures."""
    paper = form_to_read(request.user, pk)
    name = f"{paper.template.code}-{paper.complaint.case.number}"
    return pdf_answer(request, "cases/paper/print.html", _shown(paper), name)


def _shown(paper: PaperForm) -> dict[str, Any]:
    return {
        "paper": paper,
        "case": paper.complaint.case,
        "sections": shown_sections(paper),
        "is_genuine": is_genuine(paper),
    }
