"""Goods of a complaint, and their return as a process of its own (成品退货)."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.cases.models import Complaint, Goods, GoodsReturn, ReturnStep
from lingzhi.cases.services.dictionaries import OF_GOODS, require_known
from lingzhi.cases.services.words import demanded, kept
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError


class NoSuchReturnStep(DomainError):
    message = _("The return does not go this way from where it is.")


@transaction.atomic
def note_goods(complaint: Complaint, *, by: User, **facts: Any) -> Goods:
    """What was delivered and how much of it is defective, with the trace of how it was made."""
    facts["product"] = demanded(facts["product"], 120, field="product")
    require_known({name: (kind, facts.get(name, "")) for name, kind in OF_GOODS.items()})
    if facts["defective"] > facts["quantity"]:
        raise BadInput(_("No more can be defective than were delivered."), field="defective")
    goods = Goods.objects.create(complaint=complaint, **facts)
    after = {"part": goods.part_number, "quantity": goods.quantity, "defective": goods.defective}
    record(by, "cases.goods_noted", complaint, after=after)
    return goods


@transaction.atomic
def ask_return(goods: Goods, quantity: int, *, note: str = "", by: User) -> GoodsReturn:
    """Goods are to come back, no more than were delivered and are not on their way yet."""
    under_way = sum(one.quantity for one in goods.returns.exclude(state="refused"))
    if not 0 < quantity <= goods.quantity - under_way:
        raise BadInput(_("Not as many can come back."), field="quantity")
    made = GoodsReturn.objects.create(goods=goods, quantity=quantity)
    _note(made, note, by)
    return made


@transaction.atomic
def move_return(goods_return: GoodsReturn, state: str, *, note: str = "", by: User) -> None:
    """The next state of a return. A refusal has its reason."""
    before = goods_return.state
    if state not in GoodsReturn.NEXT[GoodsReturn.State(before)]:
        raise NoSuchReturnStep()
    if state == GoodsReturn.State.REFUSED:
        demanded(note, 300, field="note")
    moved = GoodsReturn.objects.filter(pk=goods_return.pk, state=before).update(state=state)
    if not moved:
        raise NoSuchReturnStep()
    goods_return.state = state
    _note(goods_return, note, by)


def _note(goods_return: GoodsReturn, note: str, by: User) -> None:
    ReturnStep.objects.create(
        goods_return=goods_return, state=goods_return.state, note=kept(note, 300), at=now(), by=by
    )
    after = {"state": goods_return.state, "quantity": goods_return.quantity}
    record(by, "cases.return_moved", goods_return.goods.complaint, after=after)
