"""Templates of reports: which hold, their versions, the editor, and a try on real days."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.reports import access
from lingzhi.reports.forms.layouts import Editor, PreviewForm
from lingzhi.reports.layouts import facts_for
from lingzhi.reports.presenting.layouts import before_of, differences, shown_kinds
from lingzhi.reports.presenting.whole import shown_report
from lingzhi.reports.queries.layouts import draft_of, layout_in_force, layouts_of, preview_of
from lingzhi.reports.services import layouts as services


@require_GET
def templates(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.TEMPLATES)
    return render(request, "reports/layouts/list.html", {"kinds": shown_kinds()})


@require_GET
def template(request: SignedIn, kind: str) -> HttpResponse:
    """A kind with its versions; what the newest of them changed."""
    found = access.kind_of_template(request.user, kind)
    rows = list(layouts_of(kind))
    context = {
        "kind": found, "versions": rows, "held": layout_in_force(kind), "draft": draft_of(kind),
    }  # fmt: skip
    return render(request, "reports/layouts/template.html", context)


@require_GET
def template_version(request: SignedIn, pk: int) -> HttpResponse:
    """One version, and what it changed against the one before it."""
    found = access.layout_to_read(request.user, pk)
    before = before_of(found)
    context = {
        "layout": found, "before": before, "lines": differences(found.kind, before, found),
        "draft": draft_of(found.kind),
    }  # fmt: skip
    return render(request, "reports/layouts/version.html", context)


@require_POST
def begin_template(request: SignedIn, kind: str) -> HttpResponse:
    """A draft of what is in force, or of an earlier version (`from`) to go back to."""
    access.template_to_change(request.user, kind)
    source = access.layout_to_copy(request.user, kind, request.POST.get("from", ""))
    services.begin_layout(kind, source=source, by=request.user)
    messages.success(request, _("The draft is begun; nothing changes until it is in force."))
    return redirect("reports:edit_template", kind)


@require_http_methods(["GET", "POST"])
def edit_template(request: SignedIn, kind: str) -> HttpResponse:
    """The draft, section by section; every button keeps all of it."""
    draft = access.draft_to_edit(request.user, kind)
    editor = Editor(draft, request.POST or None)
    content = editor.content() if request.method == "POST" else None
    if content is not None:
        services.keep_layout(draft, content, seen=_seen(request), by=request.user)
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('reports:edit_template', args=[kind])}{editor.anchor}")
    context = {
        "draft": draft, "editor": editor, "facts": facts_for(kind), "choices": editor.choices(),
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/layouts/edit.html", context, status=status)


def _seen(request: SignedIn) -> int:
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isdecimal() and len(sent) < 10 else -1


@require_GET
def preview_template(request: SignedIn, pk: int) -> HttpResponse:
    """As a report of real days would look; nothing is kept."""
    layout = access.layout_to_read(request.user, pk)
    form = PreviewForm(layout.kind, request.user, request.GET or None)
    context: dict[str, Any] = {"layout": layout, "form": form, "asked": request.GET.urlencode()}
    if form.is_valid():
        context["shown"] = shown_report(preview_of(layout, *form.asked))
    return render(request, "reports/layouts/preview.html", context)


@require_GET
def preview_template_pdf(request: SignedIn, pk: int) -> HttpResponse:
    layout = access.layout_to_read(request.user, pk)
    form = PreviewForm(layout.kind, request.user, request.GET or None)
    if not form.is_valid():
        raise Http404
    shown = shown_report(preview_of(layout, *form.asked))
    name = f"preview-{layout.kind}-{layout.number}"
    return pdf_answer(request, "reports/print.html", {"shown": shown, "is_preview": True}, name)


@require_POST
def put_template_in_force(request: SignedIn, pk: int) -> HttpResponse:
    layout = access.layout_to_change(request.user, pk)
    reason = request.POST.get("reason", "")
    services.put_layout_in_force(layout, seen=_seen(request), reason=reason, by=request.user)
    messages.success(request, _("Reports made from now on have this template."))
    return redirect("reports:template", layout.kind)


@require_POST
def drop_template(request: SignedIn, pk: int) -> HttpResponse:
    layout = access.layout_to_change(request.user, pk)
    services.drop_layout(layout, by=request.user)
    messages.success(request, _("The draft is dropped."))
    return redirect("reports:template", layout.kind)


@require_POST
def reset_template(request: SignedIn, kind: str) -> HttpResponse:
    access.template_to_change(request.user, kind)
    services.reset_layout(kind, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("Reports made from now on look as they are shipped."))
    return redirect("reports:template", kind)
