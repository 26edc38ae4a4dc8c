"""Promises of a service, and the clauses that it stands on."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.governance.access import directory as access
from lingzhi.governance.forms.directory import ClauseForm, PromiseForm
from lingzhi.governance.models import ServicePromise
from lingzhi.governance.services import directory as services
from lingzhi.governance.views.common import form_page
from lingzhi.governance.views.directory import ABOVE, ASK, HERE, page_of_service


@require_http_methods(ASK)
def add_promise(request: SignedIn, pk: int) -> HttpResponse:
    found = access.service_to_write(request.user, pk)
    return _promise_form(request, ServicePromise(entry=found), _("Add a promise"))


@require_http_methods(ASK)
def edit_promise(request: SignedIn, pk: int) -> HttpResponse:
    return _promise_form(request, access.promise_to_write(request.user, pk), _("Change a promise"))


@require_POST
def remove_promise(request: SignedIn, pk: int) -> HttpResponse:
    promise = access.promise_to_write(request.user, pk)
    services.remove_promise(promise, by=request.user)
    messages.success(request, _("Removed."))
    return redirect(HERE, promise.entry_id)


@require_http_methods(ASK)
def add_clause(request: SignedIn, pk: int) -> HttpResponse:
    found = access.service_to_write(request.user, pk)
    form = ClauseForm(request.POST or None, user=request.user)
    return form_page(
        request, form,
        lambda: services.stand_on(found, form.cleaned_data["clause"], by=request.user),
        title=_("A clause that it stands on"), above=ABOVE, back=page_of_service(found), to=HERE,
        done=_("Saved."),
    )  # fmt: skip


@require_POST
def remove_clause(request: SignedIn, pk: int, clause_pk: int) -> HttpResponse:
    found = access.service_to_write(request.user, pk)
    clause = found.clauses.filter(pk=clause_pk).first()
    if clause is None:
        raise Http404
    services.stand_off(found, clause, by=request.user)
    messages.success(request, _("Removed."))
    return redirect(HERE, pk)


def _promise_form(request: SignedIn, promise: ServicePromise, title: str) -> HttpResponse:
    form = PromiseForm(request.POST or None, instance=promise)
    return form_page(
        request, form, lambda: services.keep_promise(form.instance, by=request.user), title=title,
        above=ABOVE, back=page_of_service(promise.entry), to=HERE, done=_("Saved."),
    )  # fmt: skip
