"""Reply templates: which there are, a new one, one that is changed or retired."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.replies import (
    kept_replies,
    reply_to_change,
    require_keeping_reply,
    require_replying,
)
from lingzhi.cases.forms.complaint_settings import RetireForm
from lingzhi.cases.forms.replies import ReplyForm
from lingzhi.cases.models import ReplyTemplate
from lingzhi.cases.queries.replies import replies_seen_by
from lingzhi.cases.services.replies import GAPS, keep_reply, retire_reply
from lingzhi.core.pagination import page_of
from lingzhi.core.sending import sent_well


@require_GET
def replies(request: SignedIn) -> HttpResponse:
    """One's own, those of teams, and the centre's."""
    require_replying(request.user)
    page = page_of(request, replies_seen_by(request.user))
    kept = kept_replies(request.user, page)
    rows = [(one, not one.retired_at and one in kept) for one in page]
    return render(request, "cases/replies/list.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """A new template, or one that is changed."""
    require_replying(request.user)
    template = reply_to_change(request.user, pk) if pk else None
    form = ReplyForm(template, request.user, request.POST or None)

    def act() -> None:
        row = form.said
        require_keeping_reply(request.user, row)
        keep_reply(row, by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("Saved."))
        return redirect("cases:replies")
    return _page(request, form, str(template) if template else _("New reply template"), template)


@require_http_methods(["GET", "POST"])
def retire(request: SignedIn, pk: int) -> HttpResponse:
    template = reply_to_change(request.user, pk)
    form = RetireForm(request.POST or None)

    def act() -> None:
        retire_reply(template, reason=form.cleaned_data["reason"], by=request.user)

    if sent_well(request, form, act):
        messages.success(request, _("It is offered no more."))
        return redirect("cases:replies")
    return _page(request, form, _("Retire “%(name)s”") % {"name": template})


def _page(
    request: SignedIn, form: ReplyForm | RetireForm, title: str,
    template: ReplyTemplate | None = None,
) -> HttpResponse:  # fmt: skip
    shown = template if template and not template.retired_at else None
    gaps = GAPS.items() if isinstance(form, ReplyForm) else ()
    context = {"form": form, "title": title, "template": shown, "gaps": gaps}
    status = 422 if form.errors else 200
    return render(request, "cases/replies/edit.html", context, status=status)
