"""A version of a regulation on paper: PDF and Word."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.documents.word import word_answer
from lingzhi.rulebook import access
from lingzhi.rulebook.printing import printed, word_document
from lingzhi.rulebook.queries import versions_for


@require_GET
def print_pdf(request: SignedIn, pk: int) -> HttpResponse:
    """Cover, contents, clauses with the figures in force, table of controls, signatures."""
    shown = printed(access.version_to_read(request.user, pk))
    context = {"documents": [shown], "title": shown.title}
    return pdf_answer(request, "rulebook/print.html", context, shown.file_name)


@require_GET
def print_unit(request: SignedIn, pk: int) -> HttpResponse:
    """Every regulation in force for a unit, its own and those from above, in one PDF."""
    unit = access.unit_to_print(request.user, pk)
    documents = [printed(version) for version in versions_for(unit)]
    context = {"documents": documents, "title": unit.name}
    return pdf_answer(request, "rulebook/print.html", context, f"rulebook-{unit.code}")


@require_GET
def print_word(request: SignedIn, pk: int) -> HttpResponse:
    """The same as a Word file, which can be brought in again."""
    shown = printed(access.version_to_read(request.user, pk))
    return word_answer(word_document(shown), shown.file_name)
