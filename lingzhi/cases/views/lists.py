"""The list of cases: views kept under a name, and several cases at once."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.forms.at_once import AtOnceForm, ViewForm
from lingzhi.cases.forms.cases import CaseFilterForm
from lingzhi.cases.models import SavedView
from lingzhi.cases.queries.people import READ, WORK
from lingzhi.cases.services.at_once import do_at_once
from lingzhi.cases.services.views import drop_view, keep_view
from lingzhi.core.errors import BadInput

MOST_NAMED = 10


@require_POST
def at_once(request: SignedIn) -> HttpResponse:
    """The same with every ticked case; what was not done is named with its reason."""
    require(request.user, WORK)
    form = AtOnceForm(request.user, request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return _back(request)
    done, undone = do_at_once(form.cleaned_data["case"], form.find, form.do)
    if done:
        words = ngettext("Done with %(n)s case.", "Done with %(n)s cases.", done)
        messages.success(request, words % {"n": done})
    for one in undone[:MOST_NAMED]:
        messages.error(request, f"{one.number}：{one.why}")
    return _back(request)


def _back(request: SignedIn) -> HttpResponse:
    """To the list as it was."""
    query = request.POST.get("query", "")[:500]
    return redirect(f"{reverse('cases:list')}?{query}" if query else "cases:list")


@require_http_methods(["GET", "POST"])
def keep(request: SignedIn) -> HttpResponse:
    """Keep the list as it is filtered under a name."""
    require(request.user, READ)
    query = _clean_query(request)
    form = ViewForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            view = keep_view(**form.cleaned_data, query=query, by=request.user)
        except BadInput as wrong:
            form.add_error(wrong.field, str(wrong.sentence))
        else:
            messages.success(request, _("The view is kept."))
            return redirect(f"{reverse('cases:list')}?{view.query}")
    status = 422 if form.errors else 200
    context = {"form": form, "query": query}
    return render(request, "cases/cases/keep.html", context, status=status)


def _clean_query(request: SignedIn) -> str:
    """Only what the filters know."""
    known = [name for name in CaseFilterForm.base_fields if request.GET.get(name)]
    return urlencode([(name, request.GET[name]) for name in known])


@require_POST
def drop(request: SignedIn, pk: int) -> HttpResponse:
    """Keep one of one's own views no more."""
    require(request.user, READ)
    view = SavedView.objects.filter(pk=pk).first()
    if view is None:
        raise Http404
    if view.person_id != request.user.pk:
        raise PermissionDenied
    drop_view(view, by=request.user)
    messages.success(request, _("The view is kept no more."))
    return redirect("cases:list")
