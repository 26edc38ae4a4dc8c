"""The tree of categories."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.core.sending import sent_well
from lingzhi.knowledge.access.articles import category_to_change, require
from lingzhi.knowledge.forms.articles import CategoryForm
from lingzhi.knowledge.queries.articles import READ, WRITE
from lingzhi.knowledge.queries.categories import tree
from lingzhi.knowledge.services.articles import keep_category


@require_GET
def categories(request: SignedIn) -> HttpResponse:
    require(request.user, READ)
    context = {"rows": tree(), "may_write": request.user.can(WRITE)}
    return render(request, "knowledge/categories/list.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new branch, or one that changed."""
    require(request.user, WRITE)
    row = category_to_change(request.user, pk) if pk else None
    form = CategoryForm(request.POST or None, instance=row)
    if sent_well(request, form, lambda: keep_category(form.said, by=request.user)):
        messages.success(request, _("Saved."))
        return redirect("knowledge:categories")
    context = {"form": form, "title": str(row) if row else _("New category")}
    status = 422 if form.errors else 200
    return render(request, "knowledge/categories/edit.html", context, status=status)
