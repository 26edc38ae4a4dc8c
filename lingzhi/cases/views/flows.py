"""Flows as pages: which there are, one with its versions, and its draft as text."""

from typing import Any

import yaml
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.access.flows import flow_to_change, flow_to_read, may_set
from lingzhi.cases.forms.flows import DraftForm
from lingzhi.cases.models import Flow, FlowVersion
from lingzhi.cases.presenting.flows import shown_flow
from lingzhi.cases.queries.flows import flows_in_force, rules_in_force, types_in_use
from lingzhi.cases.queries.people import READ, SET
from lingzhi.cases.services.flows import (
    FlowProblems,
    activate_flow,
    lay_built_ins,
    save_flow,
    stamp_of_draft,
)


@require_GET
def flows(request: SignedIn) -> HttpResponse:
    """Flows, the types that go through them, and the time limits."""
    require(request.user, READ)
    context = {
        "flows": flows_in_force(),
        "types": types_in_use(),
        "rules": rules_in_force(),
        "may_set": may_set(request.user),
    }
    return render(request, "cases/flows/list.html", context)


@require_POST
def lay(request: SignedIn) -> HttpResponse:
    """Lay the flows, types and limits that come with the program."""
    require(request.user, SET)
    lay_built_ins(by=request.user)
    messages.success(request, _("The built-in flows are there."))
    return redirect("cases:flows")


@require_GET
def flow(request: SignedIn, pk: int) -> HttpResponse:
    found = flow_to_read(request.user, pk)
    versions = list(found.versions.select_related("changed_by", "activated_by"))
    current = next((one for one in versions if one.state == "active"), None)
    context = {
        "flow": found,
        "current": current,
        "shown": shown_flow(current) if current else None,
        "versions": versions,
        "may_set": may_set(request.user),
    }
    return render(request, "cases/flows/flow.html", context)


@require_http_methods(["GET", "POST"])
def draft(request: SignedIn, pk: int) -> HttpResponse:
    """The draft of a flow as text; with `activate`, put it into force."""
    found = flow_to_change(request.user, pk)
    last = found.versions.first()
    form = DraftForm(request.POST or None, initial=_initial(found, last))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = save_flow(
            found, data["content"], note=data["note"], seen=data["seen"], by=request.user
        )
        try:
            return _saved(request, saved)
        except FlowProblems as wrong:
            sent = {**request.POST.dict(), "seen": stamp_of_draft(saved)}
            form = DraftForm(sent)
            form.add_error("content", str(wrong.sentence).split("\n"))
    status = 422 if form.errors else 200
    context = {"flow": found, "last": last, "form": form}
    return render(request, "cases/flows/draft.html", context, status=status)


def _initial(found: Flow, last: FlowVersion | None) -> dict[str, Any]:
    draft = last if last and last.state == FlowVersion.State.DRAFT else None
    written = yaml.safe_dump(last.content if last else {}, allow_unicode=True, sort_keys=False)
    return {"content": written, "seen": stamp_of_draft(draft), "note": draft.note if draft else ""}


def _saved(request: SignedIn, saved: FlowVersion) -> HttpResponse:
    if "activate" not in request.POST:
        messages.success(request, _("The draft is saved."))
        return redirect("cases:draft_flow", saved.flow_id)
    activate_flow(saved, by=request.user)
    messages.success(request, _("The flow is in force for cases opened from now on."))
    return redirect("cases:flow", saved.flow_id)
