"""Signs that somebody works for the figure: agents' conversations and inspectors' scores."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.inspections import access
from lingzhi.inspections.forms.filters import PeriodForm
from lingzhi.inspections.presenting.gaming import shown_signs
from lingzhi.inspections.queries.gaming import signs_of_agents, signs_of_inspectors
from lingzhi.inspections.queries.reviews import reviews_visible_to

OF = ("agents", "inspectors")


class _Period(PeriodForm):
    capability = access.RECHECK


@require_GET
def gaming(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.RECHECK)
    form = _Period(request.GET, user=request.user)
    of = request.GET.get("of", "")
    of = of if of in OF else OF[0]
    if of == "agents":
        signs = signs_of_agents(form.contacts)
    else:
        reviews = reviews_visible_to(request.user).filter(contact__in=form.contacts.order_by())
        signs = signs_of_inspectors(reviews)
    context = {"form": form, "of": of, "groups": shown_signs(signs)}
    return render(request, "inspections/gaming/signs.html", context)
