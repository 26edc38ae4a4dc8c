"""What is collected, and how fully."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.conformity.access import figures as access
from lingzhi.conformity.presenting.collected import shown_collected
from lingzhi.conformity.queries.collected import DAYS
from lingzhi.org.queries import reach


@require_GET
def collected(request: SignedIn) -> HttpResponse:
    access.require(request.user)
    context = {"flows": shown_collected(reach(request.user, access.READ)), "days": DAYS}
    return render(request, "conformity/collected.html", context)
