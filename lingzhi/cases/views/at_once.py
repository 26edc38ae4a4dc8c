"""Several cases of the list at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.forms.at_once import AtOnceForm
from lingzhi.cases.queries.people import WORK
from lingzhi.cases.services.at_once import do_at_once

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
