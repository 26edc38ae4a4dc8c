"""Approvals: what waits for me, one request, and the chains."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.accounts.roles import ROLES
from lingzhi.approvals import access, services
from lingzhi.approvals.forms import MATTER_LABELS, ChainForm, DecisionForm
from lingzhi.approvals.models import Approval, Signature
from lingzhi.approvals.queries import chain_of, is_due, visible_to, waiting_for
from lingzhi.core.pagination import page_of


@require_GET
def approvals(request: SignedIn) -> HttpResponse:
    context = {
        "waiting": waiting_for(request.user),
        "page": page_of(request, visible_to(request.user)),
        "may_set": request.user.can("system.settings"),
    }
    template = "approvals/_rows.html" if request.htmx else "approvals/list.html"
    return render(request, template, context)


@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    approval = access.approval_to_read(request.user, pk)
    is_mine = is_due(approval, request.user)
    context = {
        "approval": approval,
        "steps": _steps(approval),
        "form": DecisionForm() if is_mine else None,
    }
    return render(request, "approvals/detail.html", context)


def _steps(approval: Approval) -> list[tuple[Any, Signature | None]]:
    """Each step's role with its signature, or None where it waits."""
    signatures = {one.step: one for one in approval.signatures.select_related("signed_by")}
    return [(ROLES[role].label, signatures.get(at)) for at, role in enumerate(approval.roles)]


@require_POST
def decide(request: SignedIn, pk: int) -> HttpResponse:
    approval = access.approval_to_decide(request.user, pk)
    comment = request.POST.get("comment", "")[:500]
    is_agreed = "agree" in request.POST
    services.decide(approval, is_agreed=is_agreed, comment=comment, by=request.user)
    return redirect("approvals:detail", approval.pk)


@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    approval = access.approval_to_read(request.user, pk)
    services.withdraw(approval, by=request.user)
    return redirect("approvals:detail", approval.pk)


@require_GET
def chains(request: SignedIn) -> HttpResponse:
    _require_settings(request)
    rows = [
        (matter, label, [ROLES[role].label for role in chain_of(matter)])
        for matter, label in MATTER_LABELS.items()
    ]
    return render(request, "approvals/chains.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def chain(request: SignedIn, matter: str) -> HttpResponse:
    _require_settings(request)
    if matter not in MATTER_LABELS:
        raise Http404
    form = ChainForm(request.POST or None, matter=matter)
    if request.method == "POST" and form.is_valid():
        services.set_chain(matter, form.roles(), by=request.user)
        return redirect("approvals:chains")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "label": MATTER_LABELS[matter]}
    return render(request, "approvals/chain.html", context, status=status)


def _require_settings(request: SignedIn) -> None:
    if not request.user.can("system.settings"):
        raise PermissionDenied
