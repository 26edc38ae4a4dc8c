"""The forum: the inbox of the person on duty, one post, and the roster."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access import forum as access
from lingzhi.cases.forms.forum import (
    AnswerForm,
    ClassForm,
    DutyForm,
    ForumFilterForm,
    HandOnForm,
)
from lingzhi.cases.models import Case, ForumPost
from lingzhi.cases.presenting.forum import shown_post, useful_header, useful_rows
from lingzhi.cases.queries.forum import answer_limit, duties, on_duty, posts
from lingzhi.cases.queries.people import OPEN
from lingzhi.cases.services import forum as services
from lingzhi.contacts.access.flow import may_plan
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import midnight, now, today
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well

WEEKS = timedelta(days=28)


@require_GET
def forum(request: SignedIn) -> HttpResponse:
    """What came by the forum, those that wait first; who is on duty."""
    access.require_reading(request.user)
    form, limit = ForumFilterForm(request.GET), answer_limit()
    page = page_of(request, form.narrow(posts()))
    page.object_list = [shown_post(one, limit) for one in page.object_list]
    context = {
        "form": form, "page": page, "people": on_duty(now()), "limit": limit,
        "may_plan": may_plan(request.user), "works": access.may_work(request.user),
    }  # fmt: skip
    template = "cases/forum/_rows.html" if request.htmx else "cases/forum/list.html"
    return render(request, template, context)


def _post(request: SignedIn, found: Contact, **forms: Any) -> HttpResponse:
    row = ForumPost.objects.filter(contact=found).first()
    given = {"answer": row.answer, "answer_url": row.answer_url} if row else {}
    context = {
        "one": shown_post(found, answer_limit()),
        "classing": ClassForm(instance=row),
        "answering": AnswerForm(initial=given),
        "handing": HandOnForm(),
        "cases": Case.objects.filter(contact=found),
        "works": access.may_work(request.user),
        "may_hand_on": request.user.can(OPEN),
        **forms,
    }
    return render(request, "cases/forum/post.html", context, status=422 if forms else 200)


@require_GET
def post(request: SignedIn, pk: int) -> HttpResponse:
    return _post(request, access.post_to_read(request.user, pk))


def _act(
    request: SignedIn, found: Contact, name: str, form: Any, act: Callable[..., object]
) -> HttpResponse:
    if sent_well(request, form, lambda: act(found, **form.cleaned_data, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("cases:forum_post", found.pk)
    return _post(request, found, **{name: form})


@require_POST
def classify(request: SignedIn, pk: int) -> HttpResponse:
    found = access.post_to_work(request.user, pk)
    return _act(request, found, "classing", ClassForm(request.POST), services.classify_post)


@require_POST
def answer(request: SignedIn, pk: int) -> HttpResponse:
    found = access.post_to_work(request.user, pk)
    return _act(request, found, "answering", AnswerForm(request.POST), services.answer_post)


@require_POST
def hand_on(request: SignedIn, pk: int) -> HttpResponse:
    """A case from the post."""
    found = access.post_to_hand_on(request.user, pk)
    return _act(request, found, "handing", HandOnForm(request.POST), services.hand_on_post)


@require_GET
def export(request: SignedIn) -> HttpResponse:
    """What is useful for improvement, as a file."""
    access.require_forum(request.user)
    rows = list(useful_rows(posts().filter(forum_post__kind=ForumPost.Kind.USEFUL)))
    services.note_export(len(rows), by=request.user)
    found: HttpResponse = table_answer(
        f"forum-{today()}", request.GET.get("form", "csv"), useful_header(), rows
    )
    return found


@require_http_methods(["GET", "POST"])
def roster(request: SignedIn) -> HttpResponse:
    """Who is on duty in the next four weeks; who leads the floor of a centre plans it."""
    access.require_reading(request.user)
    if request.method == "POST":
        access.require_planning(request.user)
    form = DutyForm(request.POST or None)

    def act() -> None:
        said = form.cleaned_data
        days, hours = (said["from_on"], said["to_on"]), (said["begins"], said["ends"])
        services.plan_duty(said["person"], days, hours, by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("cases:forum_duty")
    begin = midnight(today())
    context = {
        "form": form, "duties": duties(begin, begin + WEEKS), "people": on_duty(now()),
        "may_plan": may_plan(request.user), "at": now(),
    }  # fmt: skip
    return render(request, "cases/forum/roster.html", context, status=422 if form.errors else 200)


@require_POST
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    services.withdraw_duty(access.duty_to_withdraw(request.user, pk), by=request.user)
    messages.success(request, _("Taken off the roster."))
    return redirect("cases:forum_duty")
