"""Are the controls themselves adequate? From what inspection found."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.inspections import access
from lingzhi.inspections.queries.adequacy import Lack, adequacy_of_rules
from lingzhi.inspections.queries.trust import trust_policy

LACKS = {
    Lack.UNJUDGED: _("judged nothing"),
    Lack.NOTHING: _("finds nothing"),
    Lack.UNKNOWN: _("often cannot judge"),
    Lack.WRONG: _("wrong too often"),
    Lack.OVERTURNED: _("overturned too often"),
}


@require_GET
def adequacy(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    every = adequacy_of_rules()
    wanted = request.GET.get("lack", "")
    rows = [one for one in every if one.lacks] if wanted == "any" else every
    page = page_of(request, rows)
    page.object_list = [(one, [LACKS[lack] for lack in one.lacks]) for one in page.object_list]
    context = {
        "page": page,
        "is_empty": not every,
        "lacking": sum(bool(one.lacks) for one in every),
        "lack": wanted,
        "policy": trust_policy(),
    }
    return render(request, "inspections/trust/adequacy.html", context)
