"""Who is on duty and who is absent on a day."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.clock import midnight, today
from lingzhi.core.pagination import page_of
from lingzhi.org import access
from lingzhi.org.forms import PresenceFilters
from lingzhi.org.models import Presence
from lingzhi.org.queries import people_in, people_visible_to


@require_GET
def duty(request: SignedIn) -> HttpResponse:
    """The facts of one day about people within reach, absences first."""
    access.require(request.user, "org.duty")
    form = PresenceFilters(request.GET or None)
    form.is_valid()
    given = getattr(form, "cleaned_data", {})
    day = given.get("day") or today()
    rows = Presence.objects.filter(
        withdrawn_at=None, from_at__lt=midnight(day + timedelta(days=1)), to_at__gt=midnight(day)
    ).filter(person__in=people_visible_to(request.user, "org.duty"))
    if given.get("unit"):
        rows = rows.filter(person__in=people_in(given["unit"], day))
    rows = rows.select_related("person", "recorded_by").order_by("-kind", "person__staff_no")
    page = {"page": page_of(request, rows), "form": form, "day": day}
    template = "org/duty/_rows.html" if request.htmx else "org/duty/list.html"
    return render(request, template, page)
