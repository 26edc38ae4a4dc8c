"""Findings that are wrong: flagged by agents, decided by who writes rules, made into examples."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.inspections import access, services
from lingzhi.inspections.models import Flag


@require_POST
def add_example(request: SignedIn, contact: int, version: int) -> HttpResponse:
    """Put the conversation among the examples of the rule's draft and open it in the editor."""
    found, judged = access.contact_for_example(request.user, contact, version)
    expected = request.POST.get("expected", "")
    draft = services.add_example(found, judged, expected=expected, by=request.user)
    words = _("The conversation is an example now. Change the draft of version %(n)d to fit it.")
    messages.success(request, words % {"n": draft.number})
    return redirect(reverse("inspections:edit_rule", args=[draft.rule_id]) + "#examples-title")


@require_POST
def flag(request: SignedIn, contact: int, version: int) -> HttpResponse:
    """An agent calls a hit in their own conversation wrong."""
    found, judged = access.finding_to_flag(request.user, contact, version)
    services.flag_finding(found, judged, reason=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("Whoever writes this rule looks at it and tells you."))
    return redirect(reverse("contacts:detail", args=[contact]) + f"#finding-{version}")


@require_POST
def agree(request: SignedIn, pk: int) -> HttpResponse:
    decided = access.flag_to_decide(request.user, pk)
    services.agree_to_flag(decided, answer=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("Agreed; the agent is told. Now it can become an example."))
    return _back(decided)


@require_POST
def refuse(request: SignedIn, pk: int) -> HttpResponse:
    decided = access.flag_to_decide(request.user, pk)
    services.refuse_flag(decided, answer=request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The agent is told why the hit is right."))
    return _back(decided)


def _back(decided: Flag) -> HttpResponse:
    address = reverse("inspections:rule", args=[decided.version.rule_id])
    return redirect(f"{address}#flags-title")
