"""The service directory: its list, one service, writing, approving, reviewing and printing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import now
from lingzhi.core.documents.pdf import pdf_answer
from lingzhi.core.documents.word import word_answer
from lingzhi.core.errors import BadInput
from lingzhi.core.pagination import page_of
from lingzhi.governance.access import directory as access
from lingzhi.governance.access.goals import require
from lingzhi.governance.forms.directory import DirectoryReviewForm, ServiceFilters, ServiceForm
from lingzhi.governance.forms.goals import ReasonForm
from lingzhi.governance.models import ServiceEntry
from lingzhi.governance.presenting.directory import (
    OUTCOME_TONES,
    TONES,
    directory_paper,
    shown_services,
)
from lingzhi.governance.presenting.papers import Paper, word_of
from lingzhi.governance.queries.directory import (
    OPEN,
    asked_services,
    history_of,
    may_see_figures,
    may_write,
    reviews_of,
)
from lingzhi.governance.queries.goals import PLAN, clause_behind
from lingzhi.governance.queries.policies import policies_shown_to
from lingzhi.governance.services import directory as services
from lingzhi.governance.services.directory_reviews import review_entry
from lingzhi.governance.views.common import Place, form_page

ASK = ["GET", "POST"]
ABOVE = (reverse_lazy("governance:services"), gettext_lazy("Service directory"))
HERE = "governance:service"


@require_GET
def services_list(request: SignedIn) -> HttpResponse:
    """What is offered, or what else was asked for."""
    require(request.user, OPEN)
    form = ServiceFilters(request.GET)
    page = page_of(request, asked_services(request.user, **form.asked))
    context = {
        "form": form, "page": page, "rows": shown_services(list(page)),
        "may_plan": request.user.can(PLAN),
    }  # fmt: skip
    name = "_rows" if request.htmx else "list"
    return render(request, f"governance/directory/{name}.html", context)


@require_GET
def service(request: SignedIn, pk: int) -> HttpResponse:
    """What is promised and what was measured, what it stands on, its reviews and versions."""
    found = access.service_to_read(request.user, pk)
    sees = may_see_figures(request.user, found)
    history = history_of(found)
    reviews = [(one, OUTCOME_TONES[one.outcome]) for one in reviews_of(history)]
    following = found.following.filter(state__in=["draft", "asked"]).first()
    writes = may_write(request.user, found.unit)
    context = {
        "entry": found, "shown": shown_services([found], measures=sees)[0], "sees": sees,
        "clauses": found.clauses.select_related("version__regulation"), "reviews": reviews,
        "history": [(one, TONES[one.state]) for one in history],
        "following": following if writes else None, "may_write": writes,
        "may_review": access.may_review(request.user, found),
    }  # fmt: skip
    return render(request, "governance/directory/service.html", context)


@require_http_methods(ASK)
def add_service(request: SignedIn) -> HttpResponse:
    """From nothing, or standing on a clause (`?clause=`)."""
    require(request.user, PLAN)
    clause = clause_behind(request.GET.get("clause", ""))
    form = ServiceForm(request.POST or None, user=request.user, initial={"owner": request.user.pk})
    return form_page(
        request, form,
        lambda: services.keep_entry(form.instance, clause=clause, by=request.user),
        title=_("New service"), above=ABOVE, to=HERE, done=_("Saved. Now add its promises."),
        note=_("It stands on %(clause)s.") % {"clause": clause} if clause else "",
    )  # fmt: skip


@require_http_methods(ASK)
def edit_service(request: SignedIn, pk: int) -> HttpResponse:
    found = access.service_to_write(request.user, pk)
    form = ServiceForm(request.POST or None, instance=found, user=request.user)
    return form_page(
        request, form, lambda: services.keep_entry(form.instance, by=request.user),
        title=_("Change the service"), above=ABOVE, back=page_of_service(found), to=HERE,
        done=_("Saved."),
    )  # fmt: skip


@require_POST
def ask_approval(request: SignedIn, pk: int) -> HttpResponse:
    found = access.service_to_write(request.user, pk)
    try:
        services.request_approval(found, by=request.user)
    except BadInput as wrong:
        messages.error(request, str(wrong.sentence))
    else:
        messages.success(request, _("Its approval is asked for."))
    return redirect(HERE, pk)


@require_POST
def reopen(request: SignedIn, pk: int) -> HttpResponse:
    services.reopen(access.service_to_write(request.user, pk), by=request.user)
    messages.success(request, _("It is a draft again."))
    return redirect(HERE, pk)


@require_http_methods(ASK)
def change(request: SignedIn, pk: int) -> HttpResponse:
    """A draft of the next version; this one holds until that is approved."""
    found = access.service_to_write(request.user, pk)
    form = ReasonForm(request.POST or None)
    return form_page(
        request, form,
        lambda: services.next_version(found, form.cleaned_data["reason"], by=request.user),
        title=_("Write the next version"), above=ABOVE, back=page_of_service(found), to=HERE,
        note=_("It begins with these words and promises. This version holds until the next one "
               "is approved."),
        done=_("A draft with the same words. Now change it."),
    )  # fmt: skip


@require_http_methods(ASK)
def review(request: SignedIn, pk: int) -> HttpResponse:
    """Looked at again: kept, to be changed, or withdrawn."""
    found = access.service_to_review(request.user, pk)
    form = DirectoryReviewForm(request.POST or None, may_change=may_write(request.user, found.unit))
    return form_page(
        request, form, lambda: review_entry(found, **form.cleaned_data, by=request.user),
        title=_("Review the service"), above=ABOVE, back=page_of_service(found), to=HERE,
        note=_("Due on %(day)s.") % {"day": found.review_on or "–"}, done=_("Reviewed."),
    )  # fmt: skip


@require_http_methods(ASK)
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    found = access.service_to_write(request.user, pk)
    form = ReasonForm(request.POST or None)
    return form_page(
        request, form,
        lambda: services.withdraw(found, form.cleaned_data["reason"], by=request.user),
        title=_("Withdraw the service"), above=ABOVE, back=page_of_service(found), to=HERE,
        note=_("It is offered no more; its versions and reviews stay readable."),
        button=_("Withdraw the service"), done=_("Withdrawn."),
    )  # fmt: skip


@require_GET
def pdf(request: SignedIn) -> HttpResponse:
    """What is offered, for paper."""
    paper = _paper(request)
    context = {"paper": paper, "made_at": now(), "by": request.user}
    return pdf_answer(request, "governance/paper.html", context, paper.name)


@require_GET
def word(request: SignedIn) -> HttpResponse:
    paper = _paper(request)
    return word_answer(word_of(paper, author=request.user.name), paper.name)


def _paper(request: SignedIn) -> Paper:
    require(request.user, OPEN)
    offered = asked_services(request.user)
    return directory_paper(shown_services(list(offered)), policies_shown_to(request.user))


def page_of_service(row: ServiceEntry) -> Place:
    """Where its page is; its name as it is kept, not as a form has it."""
    return reverse(HERE, args=[row.pk]), ServiceEntry.objects.get(pk=row.pk).name
