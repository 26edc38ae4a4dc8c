"""What the centre stands for: the page of everybody, and publishing."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import now, today
from lingzhi.core.pagination import page_of
from lingzhi.org import access
from lingzhi.org.forms.culture import StatementForm
from lingzhi.org.models import Participation, Statement
from lingzhi.org.queries.culture import coming_for, participations_of, statements_of
from lingzhi.org.services.statements import end_statement, publish_statement
from lingzhi.org.views.asking import ask, done

COMING_SHOWN = 20


@require_GET
def culture(request: SignedIn) -> HttpResponse:
    """What holds for me, what is on, and where I took part."""
    access.require(request.user, "org.read")
    signed_up = Participation.objects.filter(person=request.user)
    page = {
        "statements": statements_of(request.user, today()),
        "coming": coming_for(request.user, now())[:COMING_SHOWN],
        "mine": set(signed_up.values_list("activity_id", flat=True)),
        "page": page_of(request, participations_of(request.user), 10),
        "may_run": request.user.can("org.culture"),
        "now": now(),
    }
    return render(request, "org/culture/mine.html", page)


@require_GET
def statement(request: SignedIn, pk: int) -> HttpResponse:
    """One statement with its versions: who published which, and when."""
    found = access.statement_to_read(request.user, pk)
    versions = Statement.objects.filter(unit=found.unit, kind=found.kind)
    page = {
        "statement": found,
        "versions": versions.select_related("published_by").order_by("-number"),
        "may_run": request.user.can("org.culture"),
        "may_end": found.to_on is None and access.may_publish_for(request.user, found.unit),
    }
    return render(request, "org/culture/statement.html", page)


@require_http_methods(["GET", "POST"])
def publish(request: SignedIn) -> HttpResponse:
    access.require(request.user, "org.culture")

    def act(given: dict[str, Any]) -> None:
        access.unit_within(request.user, given["unit"], "org.culture")
        publish_statement(by=request.user, **given)

    form = StatementForm(request.POST or None, user=request.user)
    return ask(request, form, act, title=_("New statement"), back=reverse("org:culture"))


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    found = access.statement_to_end(request.user, pk)
    end_statement(found, reason=request.POST.get("reason", ""), by=request.user)
    return done(request, _("The statement is ended."), reverse("org:culture"))
