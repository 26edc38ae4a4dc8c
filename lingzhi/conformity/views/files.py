"""Conformity for an auditor: as PDF and as a table."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.conformity import services
from lingzhi.conformity.presenting.tables import header, rows
from lingzhi.conformity.views.pages import page_of_regulation
from lingzhi.core.clock import now
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.documents.tables import table_answer


@require_GET
def pdf(request: SignedIn, pk: int) -> HttpResponse:
    """The page as a document, with who made it and when."""
    context = page_of_regulation(request, pk)
    answer = pdf_answer(
        request,
        "conformity/document.html",
        {**context, "made_at": now(), "by": request.user},
        f"conformity-{context['regulation'].pack}-{context['period'].last}",
    )
    services.record_export(context["version"], "pdf", by=request.user)
    return answer


@require_GET
def table(request: SignedIn, pk: int) -> HttpResponse:
    """The clauses as CSV or XLSX."""
    context = page_of_regulation(request, pk)
    form = request.GET.get("form", "xlsx")
    services.record_export(context["version"], form, by=request.user)
    name = f"conformity-{context['regulation'].pack}-{context['period'].last}"
    answer: HttpResponse = table_answer(name, form, header(), rows(context["chapters"]))
    return answer
