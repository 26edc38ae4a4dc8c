"""The library of answers: searched and read by staff, written and put into force by few."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well
from lingzhi.knowledge.access.articles import article_to_read, article_to_write, require
from lingzhi.knowledge.forms.articles import ArticleFilters, ArticleForm, EndForm
from lingzhi.knowledge.models import ArticleUse
from lingzhi.knowledge.queries.articles import (
    READ,
    WRITE,
    below,
    fitting,
    in_force,
    newest_versions,
    open_approval,
    state_of,
    uses_of,
)
from lingzhi.knowledge.services.articles import (
    count_use,
    end_article,
    submit_article,
    write_article,
)

DESK = ArticleUse.Place.DESK
SAID = {"yes": "helped", "no": "not_helped"}


@require_GET
def articles(request: SignedIn) -> HttpResponse:
    """Those that hold; who writes sees drafts and those that ended, too."""
    require(request.user, READ)
    form = ArticleFilters(request.GET)
    form.is_valid()
    rows = newest_versions() if request.user.can(WRITE) else in_force()
    if category := form.cleaned_data.get("category"):
        rows = rows.filter(article__category__in=below(category))
    text = form.cleaned_data.get("q", "")
    page = page_of(request, fitting(rows, text, 50) if text else rows)
    shown = [(one, state_of(one)) for one in page]
    context = {"page": page, "rows": shown, "form": form, "may_write": request.user.can(WRITE)}
    template = "knowledge/articles/_rows.html" if request.htmx else "knowledge/articles/list.html"
    return render(request, template, context)


@require_GET
def article(request: SignedIn, pk: int) -> HttpResponse:
    """What it says now, or with `?version=` what it said or is to say."""
    found = article_to_read(request.user, pk)
    may_write = request.user.can(WRITE)
    versions = list(found.versions.select_related("article", "written_by", "approved_by"))
    now_held = in_force().filter(article=found).first()
    asked = request.GET.get("version", "") if may_write else ""
    named = next((one for one in versions if str(one.number) == asked), None)
    shown = named or now_held or versions[0]
    if shown == now_held and not asked:
        count_use(shown, DESK)
    context = {
        "article": found, "shown": shown, "state": state_of(shown), "may_write": may_write,
        "versions": [(one, state_of(one)) for one in versions] if may_write else [],
        "draft": next((one for one in versions if one.approved_at is None), None),
        "approval": open_approval(versions[0]), "uses": uses_of(found), "now_held": now_held,
    }  # fmt: skip
    return render(request, "knowledge/articles/article.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new article, or the next version of one."""
    require(request.user, WRITE)
    found = article_to_write(request.user, pk) if pk else None
    form = ArticleForm(found, request.POST or None)
    kept = []
    if sent_well(
        request, form,
        lambda: kept.append(write_article(form.draft, article=found, by=request.user)),
    ):  # fmt: skip
        messages.success(request, _("Saved as a draft."))
        return redirect("knowledge:article", kept[0].pk)
    context = {"form": form, "title": str(found) if found else _("New article"), "article": found}
    status = 422 if form.errors else 200
    return render(request, "knowledge/articles/edit.html", context, status=status)


@require_POST
def submit(request: SignedIn, pk: int) -> HttpResponse:
    approval = submit_article(article_to_write(request.user, pk), by=request.user)
    said = _("It waits for approval.") if approval else _("It is in force.")
    messages.success(request, said)
    return redirect("knowledge:article", pk)


@require_http_methods(["GET", "POST"])
def end(request: SignedIn, pk: int) -> HttpResponse:
    found = article_to_write(request.user, pk)
    form = EndForm(request.POST or None)

    def act() -> None:
        end_article(found, reason=form.cleaned_data["reason"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("It is read no more."))
        return redirect("knowledge:list")
    context = {"form": form, "title": _("End “%(name)s”") % {"name": found}, "article": found}
    status = 422 if form.errors else 200
    return render(request, "knowledge/articles/edit.html", context, status=status)


@require_POST
def said(request: SignedIn, pk: int) -> HttpResponse:
    """It helped with a customer, or it did not."""
    found = article_to_read(request.user, pk)
    held, what = in_force().filter(article=found).first(), SAID.get(request.POST.get("helped", ""))
    if held and what:
        count_use(held, DESK, what=what)
        messages.success(request, _("Thank you, that is counted."))
    return redirect("knowledge:article", pk)
