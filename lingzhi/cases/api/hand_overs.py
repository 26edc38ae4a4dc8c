"""Cases offered to another unit, and its answer."""

from lingzhi.accounts.rest import Call, once
from lingzhi.cases.access.cases import case_to_work, hand_over_to_answer
from lingzhi.cases.api.acts import seen
from lingzhi.cases.api.naming import unit_named
from lingzhi.cases.api.routers import router
from lingzhi.cases.api.shapes import Facts, HandOverShape, NewHandOver, Return, Sent
from lingzhi.cases.api.writing import offer_of
from lingzhi.cases.services.handing_over import accept_hand_over, ask_hand_over, return_hand_over
from lingzhi.core.rest.problems import PROBLEMS

ANSWERS = {201: HandOverShape, **PROBLEMS}


@router.post("/cases/{int:pk}/hand-overs", response=ANSWERS, url_name="hand_over")
@once(201, HandOverShape)
def hand_over(request: Call, pk: int, sent: NewHandOver) -> Facts:
    """Offer the case to another unit."""
    case = case_to_work(request.user, pk)
    unit, revision = unit_named(sent.unit), seen(case, sent.revision)
    return offer_of(ask_hand_over(case, unit, reason=sent.reason, seen=revision, by=request.user))


@router.post("/hand-overs/{int:pk}/acceptance", response=ANSWERS, url_name="accept_hand_over")
@once(201, HandOverShape)
def accept(request: Call, pk: int, sent: Sent) -> Facts:
    """Take the case for one's unit, and handle it oneself. The body is `{}`."""
    offer = hand_over_to_answer(request.user, pk)
    accept_hand_over(offer, by=request.user)
    return offer_of(offer)


@router.post("/hand-overs/{int:pk}/return", response=ANSWERS, url_name="return_hand_over")
@once(201, HandOverShape)
def send_back(request: Call, pk: int, sent: Return) -> Facts:
    """Not take it, and say why."""
    offer = hand_over_to_answer(request.user, pk)
    return_hand_over(offer, reason=sent.reason, by=request.user)
    return offer_of(offer)
