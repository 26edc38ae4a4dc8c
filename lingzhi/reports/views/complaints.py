"""Complaint statistics (投诉处理统计): the page, its document, and the complaints of a number."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.presenting.complaints import shown_complaints
from lingzhi.cases.queries.complaints import complaints_visible_to
from lingzhi.core.documents import word
from lingzhi.core.pagination import page_of
from lingzhi.org.queries import centre_name
from lingzhi.reports import access
from lingzhi.reports.forms.complaints import BY, ComplaintsForm
from lingzhi.reports.presenting.complaints import behind, names_of, parts, shown_statistics
from lingzhi.reports.presenting.paper import on_paper


@require_GET
def complaints(request: SignedIn) -> HttpResponse:
    """What became of the complaints of a period, by one dimension (R-AN-16)."""
    access.require(request.user, access.READ)
    form = ComplaintsForm(request.GET, user=request.user)
    context = {"form": form, "shown": shown_statistics(form), "query": request.GET.urlencode()}
    name = "_rows" if request.htmx else "complaints"
    return render(request, f"reports/complaints/{name}.html", context)


@require_GET
def complaints_word(request: SignedIn) -> HttpResponse:
    """The same as a Word document."""
    access.require(request.user, access.READ)
    form = ComplaintsForm(request.GET, user=request.user)
    shown = shown_statistics(form)
    unit = form.unit_asked.name if form.unit_asked else centre_name()
    title, about = _("Complaint statistics"), f"{unit} · {shown.days}"
    document = on_paper(title, about, parts(shown), author=centre_name())
    first, last = form.span
    return word.word_answer(document, f"complaints-{first}-{last}")


@require_GET
def complaints_behind(request: SignedIn) -> HttpResponse:
    """The complaints that a number of the page counts."""
    access.require(request.user, access.READ)
    form = ComplaintsForm(request.GET, user=request.user)
    value = request.GET.get("value")
    try:
        keys = behind(form, request.GET.get("choice", "all"), value)
    except KeyError as unknown:
        raise Http404 from unknown
    page = page_of(request, keys)
    rows = complaints_visible_to(request.user).in_bulk(list(page.object_list))
    by = form.by_asked
    name = names_of(by, [int(value) if value.isdigit() else value]) if value else {}
    context = {
        "form": form, "page": page, "rows": shown_complaints(rows[pk] for pk in page.object_list),
        "by": BY[by] if value else "", "name": next(iter(name.values()), _("not known")),
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "reports/complaints/behind.html", context)
