"""Weak links that were given to departments, with their answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.core.pagination import page_of
from lingzhi.core.panels import panels_of
from lingzhi.surveys.access.common import READ, require
from lingzhi.surveys.access.results import may_answer_for, weak_link_to_read
from lingzhi.surveys.forms.weak_links import WeakLinkAnswerForm
from lingzhi.surveys.presenting.results import shown_weak_links
from lingzhi.surveys.queries.results import weak_links_visible_to
from lingzhi.surveys.services.weak_links import answer_weak_link
from lingzhi.surveys.views.common import sent_well


@require_GET
def weak_links(request: SignedIn) -> HttpResponse:
    """What was given to whom, until when, and what they answered."""
    require(request.user, READ)
    page = page_of(request, weak_links_visible_to(request.user))
    context = {"page": page, "rows": shown_weak_links(page, today())}
    return render(request, "surveys/weak_links/list.html", context)


@require_http_methods(["GET", "POST"])
def weak_link(request: SignedIn, pk: int) -> HttpResponse:
    """One weak link; who leads the unit answers it here."""
    found = weak_link_to_read(request.user, pk, to_answer=request.method == "POST")
    form = WeakLinkAnswerForm(request.POST or None)
    if sent_well(
        request, form, lambda: answer_weak_link(found, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, _("The answer is kept."))
        return redirect("surveys:weak_link", pk)
    [shown] = shown_weak_links([found], today())
    may_answer = found.answered_at is None and may_answer_for(request.user, found.unit)
    panels = panels_of("surveys.weak_link", request.user, found)
    context = {"one": shown, "form": form, "may_answer": may_answer, "panels": panels}
    status = 422 if form.errors else 200
    return render(request, "surveys/weak_links/weak_link.html", context, status=status)
