"""Who sees a case is asked of lists and of one case alone: the answer is the same."""

from lingzhi.cases.factories import dispatched, make_case
from lingzhi.cases.models import Blame, Case, Consulted
from lingzhi.cases.queries.cases import cases_visible_to, sees
from lingzhi.cases.services.handing_over import ask_hand_over
from lingzhi.cases.tests.complaining import complain
from lingzhi.core.clock import now


def test_one_case_is_seen_by_whom_the_list_shows_it(cast):
    own = make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    theirs = make_case(by=cast.chen, unit=cast.second)
    offered = make_case(by=cast.bo, unit=cast.first, handler=cast.bo)
    ask_hand_over(offered, cast.second, reason="归二组", seen=offered.revision, by=cast.bo)
    sent = make_case(by=cast.bo, unit=cast.first, type_code="demand")
    dispatched(sent, cast.second, by=cast.bo)
    about = complain(by=cast.bo, accused=cast.ada)
    blamed = complain(by=cast.cai)
    Blame.objects.create(
        complaint=blamed, unit=cast.first, person=cast.bea, grounds="未按流程检测",
        proposed_by=cast.ada, proposed_at=now(),
    )  # fmt: skip
    Consulted.objects.create(complaint=about, person=cast.chen, task="told", asked_at=now())
    people = [one for one in vars(cast).values() if hasattr(one, "staff_no")]
    cases = {one.pk: one for one in Case.objects.select_related("unit")}
    found = {(who.name, pk) for who in people for pk, one in cases.items() if sees(who, one)}
    listed = {
        (who.name, pk)
        for who in people
        for pk in cases_visible_to(who).values_list("pk", flat=True)
    }
    assert found == listed
    assert {(cast.chen.name, one.pk) for one in (theirs, offered, sent, about)} <= found
    assert not {(cast.ada.name, about.pk), (cast.bea.name, blamed.pk)} & found
    assert (cast.chen.name, own.pk) not in found
