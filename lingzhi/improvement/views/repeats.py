"""Problems that come again."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.improvement.access.rectifications import require
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.people import READ
from lingzhi.improvement.queries.repeats import repeats as repeated


@require_GET
def repeats(request: SignedIn) -> HttpResponse:
    """What happened at least twice in a year, by what it is about."""
    require(request.user, READ)
    words = dict(Rectification.Category.choices)
    found = [(words[one.category], one) for one in repeated(request.user)]
    return render(request, "improvement/repeats/list.html", {"repeats": found})
