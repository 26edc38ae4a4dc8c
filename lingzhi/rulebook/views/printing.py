"""Regulations on paper, one version or all that is in force for a unit: PDF and Word."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.documents.word import word_answer
from lingzhi.org.models import Unit
from lingzhi.rulebook import access
from lingzhi.rulebook.printing import printed, word_document, word_rulebook
from lingzhi.rulebook.queries import versions_for


@require_GET
def print_pdf(request: SignedIn, pk: int) -> HttpResponse:
    """Cover, contents, clauses with the figures in force, table of controls, signatures."""
    shown = printed(access.version_to_read(request.user, pk))
    context = {"documents": [shown], "title": shown.title}
    return pdf_answer(request, "rulebook/print.html", context, shown.file_name)


@require_GET
def print_word(request: SignedIn, pk: int) -> HttpResponse:
    """The same as a Word file, which can be brought in again."""
    shown = printed(access.version_to_read(request.user, pk))
    return word_answer(word_document(shown), shown.file_name)


@require_GET
def print_unit_pdf(request: SignedIn, pk: int) -> HttpResponse:
    """Every regulation in force for a unit, its own and those from above, in one PDF."""
    unit = access.unit_to_print(request.user, pk)
    documents = [printed(version) for version in versions_for(unit)]
    context = {"documents": documents, "title": _title(unit)}
    return pdf_answer(request, "rulebook/print.html", context, _file_name(unit))


@require_GET
def print_unit_word(request: SignedIn, pk: int) -> HttpResponse:
    """The same as a Word file."""
    unit = access.unit_to_print(request.user, pk)
    documents = [printed(version) for version in versions_for(unit)]
    return word_answer(word_rulebook(_title(unit), documents), _file_name(unit))


def _title(unit: Unit) -> str:
    return _("Rulebook of %(unit)s") % {"unit": unit.name}


def _file_name(unit: Unit) -> str:
    return f"rulebook-{unit.code}"
