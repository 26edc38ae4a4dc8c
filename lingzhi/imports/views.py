"""Pages of imports: the list, a new file, its mapping, how it goes, what was wrong."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.imports import access, services
from lingzhi.imports.forms import BatchFilters, UploadForm
from lingzhi.imports.kinds import kind_named
from lingzhi.imports.mapping_page import MappingPage
from lingzhi.imports.presenting import problem_rows, shown_batch
from lingzhi.imports.queries import known_sources, same_file, visible_to


@require_GET
def imports(request: SignedIn) -> HttpResponse:
    access.list_to_read(request.user)
    form = BatchFilters(request.GET)
    page = page_of(request, form.apply(visible_to(request.user)).order_by("-pk"))
    page.object_list = [shown_batch(batch) for batch in page.object_list]
    template = "imports/_rows.html" if request.htmx else "imports/list.html"
    return render(request, template, {"page": page, "form": form})


@require_http_methods(["GET", "POST"])
def upload(request: SignedIn) -> HttpResponse:
    kinds = access.kinds_for(request.user)
    form = UploadForm(request.POST or None, request.FILES or None, kinds=kinds)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            batch = services.receive_file(
                form.chosen_kind, found["file"].file, name=found["file"].name,
                source=found["source"], adapter=found.get("adapter", ""), by=request.user,
            )  # fmt: skip
            return redirect("imports:mapping", batch.pk)
        except BadInput as problem:
            form.add_error("file", str(problem.sentence))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "sources": known_sources(kinds)}
    return render(request, "imports/upload.html", context, status=status)


@require_http_methods(["GET", "POST"])
def mapping(request: SignedIn, pk: int) -> HttpResponse:
    """Deciding how the file is read. `look` shows what a change would do, `start` begins."""
    batch = access.batch_to_decide(request.user, pk)
    kind = kind_named(batch.kind)
    is_final = request.POST.get("action") == "start"
    if batch.started_at or batch.is_over:
        if is_final:
            raise services.AlreadyDecided()
        return redirect("imports:detail", pk)
    if "adapter" in batch.options:
        return _without_mapping(request, batch, is_final=is_final)
    page = MappingPage(kind, batch, request.POST or None, is_final=is_final)
    if is_final and page.is_valid():
        columns, options = page.mapping.mapped_columns(), page.mapping.mapped_options()
        services.start_batch(batch, columns=columns, options=options, by=request.user)
        return redirect("imports:detail", pk)
    earlier = same_file(kind, batch.source, batch.file_sha256).exclude(pk=pk).first()
    template = "imports/_mapping.html" if request.htmx else "imports/mapping.html"
    context = {"batch": batch, "kind": kind, "page": page, "earlier": earlier}
    return render(request, template, context, status=422 if is_final else 200)


def _without_mapping(request: SignedIn, batch: Any, *, is_final: bool) -> HttpResponse:
    """A known data set: nothing but its start is to be decided."""
    if is_final:
        services.start_batch(batch, columns={}, options=batch.options, by=request.user)
        return redirect("imports:detail", batch.pk)
    adapter = kind_named(batch.kind).adapters[batch.options["adapter"]]
    return render(request, "imports/adapted.html", {"batch": batch, "adapter": adapter})


@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    batch = shown_batch(access.batch_to_read(request.user, pk), user=request.user)
    template = "imports/_state.html" if request.htmx else "imports/detail.html"
    return render(request, template, {"batch": batch})


@require_GET
def problems(request: SignedIn, pk: int) -> HttpResponse:
    """Every problem as a file, in the reader's language: row, field, what is wrong."""
    batch = access.batch_to_read(request.user, pk)
    header = [_("Row"), _("Field"), _("Problem")]
    form = request.GET.get("form", "csv")
    return table_answer(f"import-{pk}-problems", form, header, problem_rows(batch))


@require_POST
def accept(request: SignedIn, pk: int) -> HttpResponse:
    services.accept_batch(access.batch_to_decide(request.user, pk), by=request.user)
    return redirect("imports:detail", pk)


@require_POST
def drop(request: SignedIn, pk: int) -> HttpResponse:
    services.drop_batch(access.batch_to_decide(request.user, pk), by=request.user)
    return redirect("imports:detail", pk)


@require_POST
def resume(request: SignedIn, pk: int) -> HttpResponse:
    services.resume_batch(access.batch_to_decide(request.user, pk), by=request.user)
    return redirect("imports:detail", pk)
