"""Pages of the audit log: search, one act, the state of the chain."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.audit import access, queries
from lingzhi.audit.forms import LogSearch
from lingzhi.audit.presenting import changes, export_header, export_rows
from lingzhi.audit.services import record_export
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.pagination import page_of


@require_GET
def log(request: Any) -> HttpResponse:
    access.log_to_search(request.user)
    form = LogSearch(request.GET)
    search = form.search()
    template = "audit/_rows.html" if request.htmx else "audit/list.html"
    context = {
        "page": page_of(request, queries.search_log(search)),
        "form": form,
        "search": search,
        "tab": "log",
    }
    return render(request, template, context)


@require_GET
def export(request: Any) -> HttpResponse:
    access.log_to_search(request.user)
    search = LogSearch(request.GET).search()
    rows = queries.search_log(search)
    record_export(search, rows.count(), by=request.user)
    form = request.GET.get("form", "csv")
    return table_answer("audit-log", form, export_header(), export_rows(rows))


@require_GET
def entry(request: Any, pk: int) -> HttpResponse:
    found = access.entry_to_read(request.user, pk)
    return render(request, "audit/entry.html", {"entry": found, "changes": changes(found)})


@require_GET
def chain(request: Any) -> HttpResponse:
    access.log_to_search(request.user)
    context = {
        "chain": queries.chain_state(),
        "page": page_of(request, queries.verifications()),
        "tab": "chain",
    }
    return render(request, "audit/chain.html", context)


@require_POST
def verify(request: Any) -> HttpResponse:
    """Look over the whole chain in the background."""
    access.log_to_search(request.user)
    import_string(settings.LATER)("audit.verify", queue="long", by=request.user.audit_label)
    messages.success(request, _("The chain is being looked over; the result appears here."))
    return redirect("audit:chain")
