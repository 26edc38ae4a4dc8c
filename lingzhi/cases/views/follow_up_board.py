"""How follow-ups go, and signs that some did not take place as recorded."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.cases.access.cases import require
from lingzhi.cases.forms.follow_ups import BoardForm
from lingzhi.cases.presenting.follow_up_board import shown_figures, shown_signs
from lingzhi.cases.queries.follow_up_figures import figures_by
from lingzhi.cases.queries.follow_ups import follow_ups_visible_to
from lingzhi.cases.queries.people import ASSIGN, READ
from lingzhi.cases.queries.signs import are_calls_known, reached_tries, signs_in
from lingzhi.core.pagination import page_of


def _period(request: SignedIn) -> tuple[BoardForm, date, date, str]:
    form = BoardForm(request.GET or None)
    data = form.cleaned_data if form.is_valid() else {}
    first, last = form.span(data)
    return form, first, last, data.get("by") or "served"


@require_GET
def board(request: SignedIn) -> HttpResponse:
    """Coverage, timeliness, reach and satisfaction, by agent, caller, team, customer or rule."""
    require(request.user, READ)
    form, first, last, group = _period(request)
    whole, rows = figures_by(group, follow_ups_visible_to(request.user), first, last)
    context = {
        "form": form, "whole": shown_figures([whole])[0], "rows": shown_figures(rows),
        "first": first, "last": last, "group": dict(BoardForm.BY)[group],
        "sees_signs": request.user.can(ASSIGN),
    }  # fmt: skip
    return render(request, "cases/follow_ups/board.html", context)


@require_GET
def signs(request: SignedIn) -> HttpResponse:
    """What looks odd, each with its evidence, for a person to look at."""
    require(request.user, ASSIGN)
    form, first, last, _group = _period(request)
    tries = reached_tries(follow_ups_visible_to(request.user), first, last)
    page = page_of(request, signs_in(tries))
    context = {
        "form": form, "page": page, "rows": shown_signs(page), "number": len(tries),
        "calls_known": are_calls_known(tries),
    }  # fmt: skip
    return render(request, "cases/follow_ups/signs.html", context)
