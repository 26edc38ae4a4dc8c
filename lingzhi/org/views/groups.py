"""Groups across departments."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.org import access, services
from lingzhi.org.forms import GroupForm, MemberForm
from lingzhi.org.queries import reach
from lingzhi.org.queries.groups import group_list
from lingzhi.org.views.asking import ask, done

ASK = ["GET", "POST"]


@require_GET
def groups(request: SignedIn) -> HttpResponse:
    access.require(request.user, "org.read")
    page = {"groups": group_list(), "may_manage": request.user.can("org.manage"), "today": today()}
    return render(request, "org/groups/list.html", page)


@require_GET
def group(request: SignedIn, pk: int) -> HttpResponse:
    found = access.group_to_read(request.user, pk)
    may_change = request.user.can("org.manage")
    may_change = may_change and reach(request.user, "org.manage").covers(found.unit, None)
    members = found.memberships.select_related("person")
    page = {"group": found, "members": members, "may_change": may_change, "today": today()}
    return render(request, "org/groups/detail.html", page)


@require_http_methods(ASK)
def create(request: SignedIn) -> HttpResponse:
    access.require(request.user, "org.manage")

    def act(given: dict[str, Any]) -> None:
        access.unit_within(request.user, given["unit"])
        services.create_group(by=request.user, **given)

    form = GroupForm(request.POST or None)
    return ask(request, form, act, title=_("New group"), back=reverse("org:groups"))


@require_http_methods(ASK)
def change(request: SignedIn, pk: int) -> HttpResponse:
    found = access.group_to_change(request.user, pk)

    def act(given: dict[str, Any]) -> None:
        access.unit_within(request.user, given["unit"])
        services.change_group(found, given, by=request.user)

    form = GroupForm(request.POST or None, instance=found)
    back = reverse("org:group", args=[pk])
    return ask(request, form, act, title=_("Change %s") % found.name, back=back)


@require_http_methods(ASK)
def join(request: SignedIn, pk: int) -> HttpResponse:
    found = access.group_to_change(request.user, pk)
    return ask(
        request,
        MemberForm(request.POST or None),
        lambda given: services.join_group(found, by=request.user, **given),
        title=_("New member of %s") % found.name,
        back=reverse("org:group", args=[pk]),
    )


@require_POST
def leave(request: SignedIn, pk: int) -> HttpResponse:
    row = access.membership_to_end(request.user, pk)
    services.leave_group(row, on=today() - timedelta(days=1), by=request.user)
    back = reverse("org:group", args=[row.group_id])
    return done(request, _("The membership is ended."), back)
