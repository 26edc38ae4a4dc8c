"""What is dated about a person: identities, posts, skills, deputies, duty and absence."""

from datetime import timedelta

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import today
from lingzhi.org import access, services
from lingzhi.org.forms import DeputyForm, HoldPostForm, IdentityForm, PresenceForm, SkillsForm
from lingzhi.org.people_words import skills_of
from lingzhi.org.queries import in_force
from lingzhi.org.views.asking import ask, done, last_day

ASK = ["GET", "POST"]


def _page(person_id: int) -> str:
    return reverse("org:person", args=[person_id])


@require_http_methods(ASK)
def add_identity(request: SignedIn, pk: int) -> HttpResponse:
    person = access.person_to_change(request.user, pk)
    return ask(
        request,
        IdentityForm(request.POST or None),
        lambda given: services.add_identity(person, by=request.user, **given),
        title=_("Identity of %s") % person.name,
        back=_page(pk),
    )


@require_POST
def end_identity(request: SignedIn, pk: int) -> HttpResponse:
    row = access.identity_to_end(request.user, pk)
    services.end_identity(row, on=last_day(request) or today(), by=request.user)
    return done(request, _("The identity is ended."), _page(row.person_id))


@require_http_methods(ASK)
def hold_post(request: SignedIn, pk: int) -> HttpResponse:
    person = access.person_to_change(request.user, pk)
    return ask(
        request,
        HoldPostForm(request.POST or None),
        lambda given: services.hold_post(person, by=request.user, **given),
        title=_("Post of %s") % person.name,
        back=_page(pk),
    )


@require_POST
def leave_post(request: SignedIn, pk: int) -> HttpResponse:
    row = access.holding_to_end(request.user, pk)
    services.leave_post(row, on=last_day(request) or today(), by=request.user)
    return done(request, _("The post is left."), _page(row.person_id))


@require_http_methods(ASK)
def skills(request: SignedIn, pk: int) -> HttpResponse:
    person = access.person_to_change(request.user, pk)
    held = person.skills.filter(in_force(today())).values_list("name", flat=True)
    return ask(
        request,
        SkillsForm(request.POST or None, initial={"skills": ", ".join(held)}),
        lambda given: services.set_skills(
            person, skills_of(given["skills"]), on=today(), by=request.user
        ),
        title=_("Skills of %s") % person.name,
        back=_page(pk),
    )


@require_http_methods(ASK)
def name_deputy(request: SignedIn, pk: int) -> HttpResponse:
    person = access.person_for_deputy(request.user, pk)
    return ask(
        request,
        DeputyForm(request.POST or None),
        lambda given: services.name_deputy(person, by=request.user, **given),
        title=_("Deputy of %s") % person.name,
        back=_page(pk),
    )


@require_POST
def end_deputy(request: SignedIn, pk: int) -> HttpResponse:
    row = access.deputy_to_end(request.user, pk)
    services.end_dated(row, on=today() - timedelta(days=1), by=request.user)
    return done(request, _("The deputy is released."), _page(row.person_id))


@require_http_methods(ASK)
def record_presence(request: SignedIn, pk: int) -> HttpResponse:
    person = access.person_for_duty(request.user, pk)
    return ask(
        request,
        PresenceForm(request.POST or None),
        lambda given: services.record_presence(person, by=request.user, **given),
        title=_("Duty or absence of %s") % person.name,
        back=_page(pk),
    )


@require_POST
def withdraw_presence(request: SignedIn, pk: int) -> HttpResponse:
    row = access.presence_to_withdraw(request.user, pk)
    reason = request.POST.get("reason", "")[:500]
    services.withdraw_presence(row, by=request.user, reason=reason)
    return done(request, _("The entry is withdrawn."), _page(row.person_id))
