"""Controlled documents: the register, one document, its versions, review, destruction."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.pagination import page_of
from lingzhi.governance.access import documents as access
from lingzhi.governance.access.goals import require
from lingzhi.governance.forms.documents import (
    DocumentFilters,
    DocumentForm,
    DocumentReviewForm,
    DocumentVersionForm,
)
from lingzhi.governance.forms.goals import ReasonForm
from lingzhi.governance.models import Document
from lingzhi.governance.presenting.documents import (
    register_header,
    register_rows,
    said_due,
    shown_documents,
    shown_version,
)
from lingzhi.governance.queries.documents import (
    OPEN,
    asked_documents,
    may_write,
    versions_visible_to,
)
from lingzhi.governance.queries.goals import PLAN, clause_behind
from lingzhi.governance.services import documents as services
from lingzhi.governance.views.common import Place, form_page

ABOVE = (reverse_lazy("governance:documents"), gettext_lazy("Controlled documents"))
HERE = "governance:document"
ASK = ["GET", "POST"]
ON_A_PAGE = 30


@require_GET
def documents(request: SignedIn) -> HttpResponse:
    """What is in force, with filters."""
    require(request.user, OPEN)
    form = DocumentFilters(request.GET)
    page = page_of(request, asked_documents(request.user, **form.asked), size=ON_A_PAGE)
    context = {
        "form": form, "page": page, "rows": shown_documents(page),
        "may_plan": request.user.can(PLAN), "query": request.GET.urlencode(),
    }  # fmt: skip
    name = "_rows" if request.htmx else "list"
    return render(request, f"governance/documents/{name}.html", context)


@require_GET
def register(request: SignedIn) -> HttpResponse:
    """The list as a table."""
    require(request.user, OPEN)
    form = DocumentFilters(request.GET)
    rows = register_rows(shown_documents(asked_documents(request.user, **form.asked)))
    name = f"documents-{today().isoformat()}"
    return table_answer(name, request.GET.get("form", ""), register_header(), rows)


@require_GET
def document(request: SignedIn, pk: int) -> HttpResponse:
    found = access.document_to_read(request.user, pk)
    versions = [shown_version(one) for one in
                versions_visible_to(request.user).filter(document=found)]  # fmt: skip
    holds = next((one.version for one in versions if one.version.holds_on(today())), None)
    context = {
        "document": found, "versions": versions, "holds": holds, "today": today(),
        "next": next((one.version for one in versions
                      if one.version.state in ("draft", "asked")), None),
        "due": said_due(holds.review_on if holds else None),
        "reviews": [row for one in versions for row in
                    one.version.reviews.select_related("said_by", "version")],
        "clauses": found.clauses.select_related("version__regulation").order_by("pk"),
        "cited": found.references.all(), "may_write": may_write(request.user, found.unit),
        "may_review": holds is not None and access.may_review(request.user, found),
    }  # fmt: skip
    return render(request, "governance/documents/document.html", context)


@require_http_methods(ASK)
def add(request: SignedIn) -> HttpResponse:
    """A new document; from the page of a clause it is what writes that clause down."""
    require(request.user, PLAN)
    clause = clause_behind(request.GET.get("clause", ""))
    form = DocumentForm(request.POST or None, user=request.user)

    def act() -> Document:
        made = _kept(form, request)
        return services.link_clause(made, clause, by=request.user) if clause else made

    return form_page(
        request, form, act, title=_("New document"), above=ABOVE, to=HERE,
        note=str(clause) if clause else "", done=_("Saved. Now add its file."),
    )  # fmt: skip


@require_http_methods(ASK)
def edit(request: SignedIn, pk: int) -> HttpResponse:
    found = access.document_to_write(request.user, pk)
    form = DocumentForm(request.POST or None, instance=found, user=request.user)
    return form_page(
        request, form, lambda: _kept(form, request), title=_("Change the document"), above=ABOVE,
        back=_page_of(found), to=HERE, done=_("Saved."),
    )  # fmt: skip


@require_http_methods(ASK)
def add_version(request: SignedIn, pk: int) -> HttpResponse:
    found = access.document_to_write(request.user, pk)
    form = DocumentVersionForm(request.POST or None, request.FILES or None)

    def act() -> Document:
        given = dict(form.cleaned_data)
        sent = given.pop("file")
        return services.add_version(
            found, sent.file, name=sent.name, **given, by=request.user
        ).document

    return form_page(
        request, form, act, title=_("Next version"), above=ABOVE, back=_page_of(found), to=HERE,
        done=_("Saved. Now ask for its approval."),
    )  # fmt: skip


@require_GET
def file(request: SignedIn, pk: int) -> FileResponse:
    """Always as a download: what somebody uploaded is never shown as a page."""
    version = access.version_to_read(request.user, pk)
    assert version.file is not None
    opened = default_storage.open(version.file.stored_as, "rb")
    return FileResponse(opened, as_attachment=True, filename=version.name)


@require_POST
def ask_approval(request: SignedIn, pk: int) -> HttpResponse:
    version = access.version_to_write(request.user, pk)
    services.request_approval(version, by=request.user)
    messages.success(request, _("Its approval is asked for."))
    return redirect(HERE, version.document_id)


@require_POST
def reopen(request: SignedIn, pk: int) -> HttpResponse:
    version = services.reopen(access.version_to_write(request.user, pk), by=request.user)
    messages.success(request, _("It is a draft again."))
    return redirect(HERE, version.document_id)


@require_http_methods(ASK)
def drop(request: SignedIn, pk: int) -> HttpResponse:
    version = access.version_to_write(request.user, pk)
    form = ReasonForm(request.POST or None)
    return form_page(
        request, form,
        lambda: services.drop(version, form.cleaned_data["reason"], by=request.user).document,
        title=_("Give up the draft"), above=ABOVE, back=_page_of(version.document), to=HERE,
        done=_("Given up."),
    )  # fmt: skip


@require_http_methods(ASK)
def review(request: SignedIn, pk: int) -> HttpResponse:
    version = access.version_to_review(request.user, pk)
    form = DocumentReviewForm(request.POST or None)
    return form_page(
        request, form,
        lambda: services.review_document(version, **form.cleaned_data, by=request.user).document,
        title=_("Look at the document again"), above=ABOVE, back=_page_of(version.document),
        to=HERE, done=_("Saved."),
    )  # fmt: skip


@require_http_methods(ASK)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    found = access.document_to_write(request.user, pk)
    form = ReasonForm(request.POST or None)
    return form_page(
        request, form,
        lambda: services.withdraw(found, form.cleaned_data["reason"], by=request.user),
        title=_("Withdraw the document"), above=ABOVE, back=_page_of(found), to=HERE,
        note=_("It holds no more from today on; its versions are kept as long as they have to be."),
        button=_("Withdraw"), done=_("Withdrawn."),
    )  # fmt: skip


@require_http_methods(ASK)
def destroy(request: SignedIn, pk: int) -> HttpResponse:
    version = access.version_to_write(request.user, pk)
    form = ReasonForm(request.POST or None)
    return form_page(
        request, form,
        lambda: services.destroy_version(
            version, form.cleaned_data["reason"], by=request.user
        ).document,
        title=_("Destroy the file of version %(n)d") % {"n": version.number}, above=ABOVE,
        back=_page_of(version.document), to=HERE,
        note=_("The file cannot be brought back. Who destroyed it, when and why, its name and "
               "SHA-256 stay."),
        button=_("Destroy"), done=_("Destroyed."),
    )  # fmt: skip


@require_POST
def unlink(request: SignedIn, pk: int, clause_pk: int) -> HttpResponse:
    found = access.document_to_write(request.user, pk)
    clause = found.clauses.filter(pk=clause_pk).first()
    if clause is not None:
        services.unlink_clause(found, clause, by=request.user)
    return redirect(HERE, pk)


def _kept(form: DocumentForm, request: SignedIn) -> Document:
    cited = form.cleaned_data["references"]
    return services.keep_document(form.instance, references=cited, by=request.user)


def _page_of(row: Document) -> Place:
    return reverse(HERE, args=[row.pk]), str(row)
