"""How I am told: my ways besides the inbox, and what left by them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.notifications.forms import WaysForm
from lingzhi.notifications.forms.ways import of_wishes
from lingzhi.notifications.queries import deliveries_to, wishes_of
from lingzhi.notifications.services.ways import choose_ways
from lingzhi.notifications.words import answer_in_words


@require_http_methods(["GET", "POST"])
def ways(request: SignedIn) -> HttpResponse:
    """One's own choice; whoever has chosen nothing finds everything in the inbox."""
    person = request.user
    wishes = wishes_of([person.pk]).get(person.pk)
    form = WaysForm(request.POST or None, person=person, initial=of_wishes(wishes))
    if sent_well(request, form, lambda: choose_ways(form.cleaned_data, by=person)):
        messages.success(request, _("Saved."))
        return redirect("notifications:ways")
    page = page_of(request, deliveries_to(person))
    for delivery in page:
        delivery.words = answer_in_words(delivery.answer)
    context = {"form": form, "page": page}
    status = 422 if form.errors else 200
    return render(request, "notifications/ways/ways.html", context, status=status)
