"""What holds, what is being prepared, and what can be adopted."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingzhi.accounts.requests import SignedIn
from lingzhi.org.queries import reach
from lingzhi.rulebook import access
from lingzhi.rulebook.presenting.lists import (
    change_url_of,
    printable_units,
    shown_offers,
    shown_regulations,
)
from lingzhi.rulebook.presenting.text import shown_pack
from lingzhi.rulebook.queries import library, own_packs, regulations_visible_to, to_read


@require_GET
def rulebook(request: SignedIn) -> HttpResponse:
    access.require(request.user, access.READ)
    may_write = request.user.can(access.WRITE)
    regulations = shown_regulations(regulations_visible_to(request.user), request.user)
    context = {
        "regulations": regulations,
        "printable": printable_units(regulations),
        "offers": shown_offers(library(), request.user) if may_write else [],
        "to_read": to_read(request.user),
        "may_write": may_write,
    }
    return render(request, "rulebook/list.html", context)


@require_GET
def pack(request: SignedIn, code: str) -> HttpResponse:
    """A pack as it is offered: its head, its clauses, its controls."""
    access.require(request.user, access.WRITE)
    shown = shown_pack(access.pack_to_adopt(request.user, code))
    own = own_packs().filter(code=code).first()
    where = reach(request.user, access.WRITE)
    context = {"pack": shown, "code": code, "change_url": change_url_of(own, where) if own else ""}
    return render(request, "rulebook/pack.html", context)
