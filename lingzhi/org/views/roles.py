"""Roles of a person: given, ended, moved."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.org import access
from lingzhi.org.forms import AssignForm, MoveForm
from lingzhi.org.services import assign_role, end_assignment, move_person
from lingzhi.org.views.asking import ask, done, last_day


@require_http_methods(["GET", "POST"])
def assign(request: SignedIn, pk: int) -> HttpResponse:
    person = access.person_to_assign(request.user, pk)

    def act(given: dict) -> None:
        access.unit_within(request.user, given["unit"], "accounts.assign")
        assign_role(person, by=request.user, **given)

    back = reverse("org:person", args=[pk])
    title = _("Give %s a role") % person.name
    return ask(request, AssignForm(request.POST or None), act, title=title, back=back)


@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    """End a role with the given day; without one it ends with yesterday, that is at once."""
    assignment = access.assignment_to_end(request.user, pk)
    on = last_day(request) or today().fromordinal(today().toordinal() - 1)
    end_assignment(assignment, on=on, by=request.user)
    return done(
        request, _("The role is ended."), reverse("org:person", args=[assignment.person_id])
    )


@require_http_methods(["GET", "POST"])
def move(request: SignedIn, pk: int) -> HttpResponse:
    """The same role at another unit, with history."""
    assignment = access.assignment_to_move(request.user, pk)
    person = assignment.person

    def act(given: dict) -> None:
        capability = access.capability_to_move(request.user, assignment)
        unit = access.unit_within(request.user, given["unit"], capability)
        move_person(
            person,
            assignment.role,
            unit,
            on=given["on"],
            by=request.user,
            source=assignment.unit,
        )

    back = reverse("org:person", args=[person.pk])
    title = _("Move %s to another unit") % person.name
    return ask(request, MoveForm(request.POST or None), act, title=title, back=back)
