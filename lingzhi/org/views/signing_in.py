"""What the security administrator does for a person's access."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lingzhi.accounts.queries import current_policy
from lingzhi.accounts.requests import SignedIn
from lingzhi.accounts.services import (
    end_sessions,
    issue_one_time_password,
    reset_second_factor,
    unlock,
)
from lingzhi.core.documents.tables import table_answer
from lingzhi.org import access
from lingzhi.org.forms import PeopleFilters
from lingzhi.org.queries import people_visible_to
from lingzhi.org.views.asking import done

AT_ONCE = 200


@require_POST
def password(request: SignedIn, pk: int) -> HttpResponse:
    """A one-time password, shown this once."""
    person = access.person_to_secure(request.user, pk)
    issued = issue_one_time_password(person, by=request.user)
    page = {"person": person, "password": issued, "policy": current_policy()}
    return render(request, "org/people/password.html", page)


@require_POST
def passwords(request: SignedIn) -> HttpResponse:
    """One-time passwords for listed people who have none, as a table to hand out."""
    access.require(request.user, "accounts.secure")
    people = PeopleFilters({**request.GET.dict(), "state": "no_access"}).narrow(
        people_visible_to(request.user, "accounts.secure").exclude(pk=request.user.pk)
    )
    rows = [
        (person.staff_no, person.name, issue_one_time_password(person, by=request.user))
        for person in people.order_by("staff_no")[:AT_ONCE]
    ]
    header = [_("Staff number"), _("Name"), _("One-time password")]
    return table_answer("one-time-passwords", "xlsx", header, rows)


@require_POST
def unlocked(request: SignedIn, pk: int) -> HttpResponse:
    unlock(access.person_to_secure(request.user, pk), by=request.user)
    return done(request, _("The person may try again."), reverse("org:person", args=[pk]))


@require_POST
def second_factor(request: SignedIn, pk: int) -> HttpResponse:
    reset_second_factor(access.person_to_secure(request.user, pk), by=request.user)
    return done(request, _("The second factor is removed."), reverse("org:person", args=[pk]))


@require_POST
def sessions(request: SignedIn, pk: int) -> HttpResponse:
    end_sessions(access.person_to_secure(request.user, pk), by=request.user)
    return done(
        request, _("The person is signed out everywhere."), reverse("org:person", args=[pk])
    )
