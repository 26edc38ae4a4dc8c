"""The register of impact assessments, one as a document, writing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.conformity.access.privacy import (
    assessment_to_read,
    assessment_to_write,
    require_keeper,
    require_reader,
)
from lingzhi.conformity.forms.assessments import AssessmentForm, KindForm
from lingzhi.conformity.models import Assessment
from lingzhi.conformity.presenting.assessments import facts_in_words, shown_assessment
from lingzhi.conformity.queries.assessments import approval_of, assessments, without_one
from lingzhi.conformity.services import assessments as services
from lingzhi.core.clock import now
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.org.queries.privacy import KEEP


@require_GET
def register(request: SignedIn) -> HttpResponse:
    require_reader(request.user)
    page = page_of(request, assessments())
    context = {
        "page": page, "rows": [shown_assessment(row) for row in page],
        "missing": without_one(), "keeps": request.user.can(KEEP), "form": KindForm(),
    }  # fmt: skip
    return render(request, "conformity/assessments/list.html", context)


@require_POST
def begin(request: SignedIn) -> HttpResponse:
    require_keeper(request.user)
    form = KindForm(request.POST)
    if not form.is_valid():
        return redirect("conformity:assessments")
    row = services.begin_assessment(form.cleaned_data["kind"], by=request.user)
    return redirect("conformity:edit_assessment", row.pk)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    row = assessment_to_write(request.user, pk)
    form = AssessmentForm(request.POST or None, instance=row)

    def act() -> None:
        services.write_assessment(row, form.cleaned_data, by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("conformity:assessment", pk)
    context = {"form": form, "row": row, "facts": facts_in_words(row.facts)}
    status = 422 if form.errors else 200
    return render(request, "conformity/assessments/edit.html", context, status=status)


@require_GET
def assessment(request: SignedIn, pk: int) -> HttpResponse:
    row = assessment_to_read(request.user, pk)
    context = {**_document(row), "approval": approval_of(row), "keeps": request.user.can(KEEP)}
    return render(request, "conformity/assessments/assessment.html", context)


@require_GET
def pdf(request: SignedIn, pk: int) -> HttpResponse:
    """The same on paper."""
    row = assessment_to_read(request.user, pk)
    context = {**_document(row), "made_at": now(), "by": request.user}
    return pdf_answer(request, "conformity/assessments/paper.html", context, f"assessment-{pk}")


@require_POST
def submit(request: SignedIn, pk: int) -> HttpResponse:
    services.submit_assessment(assessment_to_write(request.user, pk), by=request.user)
    messages.success(request, _("Submitted: others decide now."))
    return redirect("conformity:assessment", pk)


@require_POST
def again(request: SignedIn, pk: int) -> HttpResponse:
    row = services.assess_again(assessment_to_write(request.user, pk), by=request.user)
    return redirect("conformity:edit_assessment", row.pk)


def _document(row: Assessment) -> dict[str, Any]:
    parts = [
        (row.label_of(name), getattr(row, name))
        for name in ("purpose", "impact", "measures", "effect")
    ]
    return {
        "row": row, "shown": shown_assessment(row), "parts": parts,
        "facts": facts_in_words(row.facts),
    }  # fmt: skip
