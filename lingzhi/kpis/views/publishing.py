"""Published months: the list, one with its recount, publishing, and the file."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.documents.tables import table_answer
from lingzhi.core.errors import BadInput
from lingzhi.kpis import access, services
from lingzhi.kpis.forms.publishing import PublishedFilters, PublishForm
from lingzhi.kpis.presenting.publishing import (
    published_header,
    published_row,
    shown_months,
    shown_published,
)


@require_GET
def months(request: SignedIn) -> HttpResponse:
    """Which months are published, by whom, and which wait."""
    access.require(request.user, access.READ)
    context = {
        "months": shown_months(),
        "may_publish": access.may_publish(request.user),
        "day": services.PUBLISH_DAY,
    }
    return render(request, "kpis/months/list.html", context)


@require_GET
def month(request: SignedIn, pk: int) -> HttpResponse:
    """One version: what was published beside what is counted today."""
    publication = access.publication_to_read(request.user, pk)
    form = PublishedFilters(request.GET, user=request.user)
    rows = shown_published(publication, form.chosen)
    versions = list(type(publication).objects.filter(month=publication.month))
    context = {
        "publication": publication,
        "versions": versions,
        "is_newest": versions[0] == publication,
        "form": form,
        "unit": form.chosen,
        "rows": rows,
        "changed": sum(one.recount.has_changed for one in rows),
        "may_publish": access.may_publish(request.user),
        "publish_form": PublishForm(),
    }
    template = "kpis/months/_month.html" if request.htmx else "kpis/months/month.html"
    return render(request, template, context)


@require_GET
def export_month(request: SignedIn, pk: int) -> HttpResponse:
    publication = access.publication_to_read(request.user, pk)
    form = PublishedFilters(request.GET, user=request.user)
    answer: HttpResponse = table_answer(
        f"indicators-{publication.month:%Y-%m}-v{publication.number}",
        request.GET.get("form", "csv"),
        published_header(),
        [published_row(one) for one in shown_published(publication, form.chosen)],
    )
    return answer


@require_POST
def publish_month(request: SignedIn, year: int, month: int) -> HttpResponse:
    access.publishing(request.user)
    form = PublishForm(request.POST)
    try:
        day = date(year, month, 1)
    except ValueError as wrong:
        raise Http404 from wrong
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        found = services.publish_month(day, reason=reason, by=request.user)
    except BadInput as wrong:
        messages.error(request, str(wrong.sentence))
        return redirect("kpis:months")
    messages.success(request, _("The month is published."))
    return redirect("kpis:month", found.pk)
