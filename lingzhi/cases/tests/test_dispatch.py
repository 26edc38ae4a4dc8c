"""Work orders from the desk to the units and back."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import dispatched, make_case, signed_and_answered
from lingzhi.cases.intake.matters import KIND
from lingzhi.cases.measures.orders import cells, rows
from lingzhi.cases.models import Case, ReturnReason, WorkOrder
from lingzhi.cases.queries.cases import cases_visible_to
from lingzhi.cases.queries.dispatch import matters_for
from lingzhi.cases.services.claiming import CaseChanged
from lingzhi.cases.services.directory import MatterGiven, set_dispatch, set_matter
from lingzhi.cases.services.dispatching import (
    NotTheRulingPost,
    OrderEnded,
    Sending,
    dispatch_case,
    rule_on_case,
    take_back_order,
)
from lingzhi.cases.services.moving import NoSuchStep, move_case
from lingzhi.cases.services.order_reviews import OwnAnswer, pass_review, redo_case
from lingzhi.cases.services.order_work import (
    AssistingOpen,
    NotSigned,
    ReturnedBefore,
    Ruled,
    SignedAlready,
    TooLateToReturn,
    answer_order,
    return_order,
    sign_order,
)
from lingzhi.cases.services.urging import (
    NoHigherLevel,
    NoReportYet,
    NotTheSupervisingPost,
    Supervised,
    end_supervision,
    raise_supervision,
    report_on,
    supervise_case,
    urge_case,
)
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.conftest import LONG_AGO
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.core.intake import Refused
from lingzhi.core.measures import Place
from lingzhi.notifications.models import Notice
from lingzhi.org.models import Post
from lingzhi.org.services import hold_post, seed_posts

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, calendar, at) -> Case:
    at("2026-11-20 10:00")
    return make_case(by=cast.bo, unit=cast.hotline, type_code="demand", handler=cast.bo)


@pytest.fixture
def post(cast):
    """`post(cast.quan, "supervisor")`: a post held since long ago."""
    seed_posts(by=None)

    def hold(person, code: str) -> None:
        row = Post.objects.get(code=code)
        hold_post(person, row, cast.hotline, from_on=LONG_AGO, by=None)

    return hold


def reason() -> ReturnReason:
    return ReturnReason.objects.get(code="not_ours")


def give_back(order: WorkOrder, by) -> None:
    return_order(order, reason(), words="不归我们", by=by)


def test_the_directory_proposes_the_unit(cast, case):
    matter = set_matter(
        MatterGiven("delivery", "快递配送", cast.second, words="包裹\n送达", limit_days=2),
        by=cast.quan,
    )
    other = MatterGiven("repair", "上门维修", cast.first, words="维修")
    set_matter(other, by=cast.quan)
    assert matters_for(case) == [matter]
    order = dispatched(case, cast.second, matter=matter, by=cast.bo)
    assert f"{order.due_at:%m-%d}" == "11-24"  # two working days after the Friday
    sign_order(order, by=cast.chen)
    assert order.clocks.get(kind="handling").due_at == order.due_at


def test_a_matter_goes_to_another_unit_from_a_day_on(cast, case, at):
    first = set_matter(MatterGiven("delivery", "快递", cast.second, words="包裹"), by=cast.quan)
    at("2026-11-23 10:00")
    set_matter(MatterGiven("delivery", "快递", cast.first, words="包裹"), by=cast.quan)
    first.refresh_from_db()
    assert f"{first.to_on}" == "2026-11-22"
    assert [one.unit for one in matters_for(case)] == [cast.first]
    with pytest.raises(BadInput):
        set_matter(MatterGiven("delivery", "快递", cast.second, from_on=first.from_on), by=None)


def test_from_the_desk_to_the_customer(cast, case):
    order = dispatched(case, cast.second, cast.first, by=cast.bo)
    assert Notice.objects.filter(person=cast.cai, is_todo=True, ended_at=None).count() == 1
    assert case in cases_visible_to(cast.chen)
    helper = case.orders.get(role="assisting")
    with pytest.raises(NotSigned):
        answer_order(order, "好", signature="Chen", by=cast.chen)
    sign_order(order, by=cast.chen)
    with pytest.raises(SignedAlready):
        sign_order(order, by=cast.cai)
    with pytest.raises(AssistingOpen):
        answer_order(order, "已送达", signature="Chen", by=cast.chen)
    sign_order(helper, by=cast.bea)
    answer_order(helper, "仓库已出库", signature="Bea", by=cast.bea)
    with pytest.raises(BadInput):
        answer_order(order, "已送达", signature=" ", by=cast.chen)
    answer_order(order, "已送达", signature="陈", by=cast.chen)
    case.refresh_from_db()
    assert (case.state, case.unit, case.handler) == ("answered", cast.hotline, cast.bo)
    assert (order.is_signed_in_time, order.is_answered_in_time) == (True, True)
    with pytest.raises(OwnAnswer):
        pass_review(case, seen=case.revision, by=cast.chen)
    pass_review(case, seen=case.revision, by=cast.quan)
    assert (case.state, case.kind) == ("follow_up", "solved")
    assert not case.clocks.filter(order__isnull=False).exclude(state="ended").exists()
    assert Entry.objects.filter(action="cases.order_answered").count() == 2


def test_an_act_is_no_plain_step(cast, case):
    with pytest.raises(NoSuchStep):
        move_case(case, "send", seen=case.revision, by=cast.bo)


def test_who_comes_second_sends_nothing(cast, case):
    seen = case.revision
    dispatched(case, cast.second, by=cast.bo)
    with pytest.raises((CaseChanged, NoSuchStep)):
        dispatch_case(case, Sending(cast.first), seen=seen, by=cast.ada)


def test_the_second_return_goes_to_a_ruling(cast, case, post):
    post(cast.quan, "supervisor")
    give_back(dispatched(case, cast.second, cast.first, by=cast.bo), cast.chen)
    case.refresh_from_db()
    assert case.state == "registered"
    assert not case.orders.filter(ending="").exists()  # who only assisted is free, too
    again = dispatched(case, cast.second, by=cast.bo)
    with pytest.raises(ReturnedBefore):
        give_back(again, cast.chen)
    take = case.orders.get(pk=again.pk)
    WorkOrder.objects.filter(pk=take.pk).update(unit=cast.first)
    give_back(case.orders.get(pk=take.pk), cast.bea)
    case.refresh_from_db()
    assert case.state == "ruling"
    assert Notice.objects.filter(person=cast.quan, is_todo=True, ended_at=None).count() == 1
    ruling = {"ground": "三定方案规定由二组负责", "seen": case.revision}
    with pytest.raises(NotTheRulingPost):
        rule_on_case(case, Sending(cast.second), **ruling, by=cast.ada)
    with pytest.raises(BadInput):
        rule_on_case(case, Sending(cast.second), ground=" ", seen=case.revision, by=cast.quan)
    final = rule_on_case(case, Sending(cast.second), **ruling, by=cast.quan)
    with pytest.raises(Ruled):
        give_back(final, cast.chen)
    assert case.events.get(kind="order_ruled").text == "三定方案规定由二组负责"


def test_the_time_to_return_ends(cast, case, at):
    order = dispatched(case, cast.second, by=cast.bo)
    at("2026-11-23 10:01")  # Friday 10:00 and eight business hours: Monday 10:00
    with pytest.raises(TooLateToReturn):
        give_back(order, cast.chen)


def test_late_is_late_before_anybody_signs(cast, case, at):
    order = dispatched(case, cast.second, by=cast.bo)
    at("2026-11-20 16:00")
    watch_clocks()
    order.refresh_from_db()
    assert order.is_signed_in_time is False
    assert Notice.objects.filter(person=cast.cai, is_todo=True).count() == 2
    sign_order(order, by=cast.chen)
    order.refresh_from_db()
    assert order.is_signed_in_time is False


def test_done_again_is_a_new_cycle(cast, case):
    order = signed_and_answered(dispatched(case, cast.second, by=cast.bo), by=cast.chen)
    case.refresh_from_db()
    with pytest.raises(OwnAnswer):
        redo_case(case, reason="没有核实", seen=case.revision, by=cast.chen)
    again = redo_case(case, reason="没有核实", seen=case.revision, by=cast.quan)
    order.refresh_from_db()
    assert (case.state, case.cycle, order.ending) == ("sent", 2, "redone")
    assert (again.cycle, again.unit, again.answered_at) == (2, cast.second, None)
    pass_review_after(again, cast)
    case.refresh_from_db()
    redo_case(case, reason="客户不满意", seen=case.revision, by=cast.bo)
    assert (case.cycle, case.fed_back_at) == (3, None)


def pass_review_after(order: WorkOrder, cast) -> None:
    signed_and_answered(order, by=cast.chen)
    order.case.refresh_from_db()
    pass_review(order.case, seen=order.case.revision, by=cast.quan)


def test_an_assisting_order_is_taken_back(cast, case):
    main = dispatched(case, cast.second, cast.first, by=cast.bo)
    helper = case.orders.get(role="assisting")
    take_back_order(helper, reason="不再需要", by=cast.bo)
    with pytest.raises(OrderEnded):
        take_back_order(helper, reason="不再需要", by=cast.bo)
    signed_and_answered(main, by=cast.chen)
    assert main.case.state == "answered"


def test_urging_is_counted_once(cast, case):
    order = dispatched(case, cast.second, by=cast.bo)
    seen = case.revision
    urge_case(case, "客户再次来电", by_customer=True, seen=seen, by=cast.bo)
    with pytest.raises(CaseChanged):
        urge_case(case, "客户再次来电", by_customer=True, seen=seen, by=cast.bo)
    order.refresh_from_db()
    assert (order.urges, case.urges.count()) == (1, 1)
    assert Notice.objects.filter(person=cast.cai, body__contains="客户再次来电").count() == 1


def test_supervision_goes_up_and_ends_with_a_report(cast, case, post):
    dispatched(case, cast.second, by=cast.bo)
    with pytest.raises(NotTheSupervisingPost):
        supervise_case(case, "三日内办结", by=cast.quan)
    post(cast.quan, "supervisor")
    post(cast.ines, "service_manager")
    found = supervise_case(case, "三日内办结", by=cast.quan)
    with pytest.raises(Supervised):
        supervise_case(case, "三日内办结", by=cast.quan)
    with pytest.raises(NoReportYet):
        end_supervision(found, by=cast.quan)
    higher = raise_supervision(found, "限今日报告", by=cast.quan)
    assert (higher.level, higher.post) == (2, "service_manager")
    assert Notice.objects.filter(person=cast.ines, is_todo=True, ended_at=None).count() == 1
    with pytest.raises(NoHigherLevel):
        raise_supervision(higher, "再提级", by=cast.quan)
    report_on(higher, "已联系客户，今日送达", by=cast.chen)
    assert case.clocks.filter(kind="supervision", verdict="met").count() == 1
    end_supervision(higher, by=cast.ines)
    kinds = list(case.events.values_list("kind", flat=True))
    assert (kinds.count("supervised"), kinds.count("reported")) == (2, 1)


def test_the_centre_sets_how_it_dispatches(cast, case):
    set_dispatch({"returns": 1}, by=cast.quan)
    give_back(dispatched(case, cast.second, by=cast.bo), cast.chen)
    case.refresh_from_db()
    assert case.state == "ruling"


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def test_it_goes_through_the_pages(cast, case, as_, at):
    set_matter(MatterGiven("delivery", "快递", cast.second, words="包裹"), by=cast.quan)
    desk = as_(cast.bo)
    form = desk.get(page("case", case.pk)).context["panels"][0].context["dispatch_form"]
    assert form.initial["unit"] == cast.second.pk
    sent = {"revision": case.revision, "unit": cast.second.pk, "assisting": [cast.first.pk]}
    desk.post(page("dispatch", case.pk), sent)
    order = case.orders.get(role="main")
    unit = as_(cast.chen)
    shown = unit.get(page("case", case.pk)).context["panels"][0].context
    assert shown["orders"][0].may_sign
    assert unit.post(page("return_order", order.pk), {"reason": "?"}).status_code == 422
    unit.post(page("sign_order", order.pk))
    wrong = unit.post(page("answer_order", order.pk), {"answer": "已送达", "signature": ""})
    assert (wrong.status_code, "已送达" in wrong.text) == (422, True)
    rows = unit.get(page("work_orders"), {"which": "open", "month": "2026-11"}).context["rows"]
    assert [one.order for one in rows] == [order]
    as_(cast.bo).post(page("urge", case.pk), {"reason": "快点", "revision": 99})
    assert case.urges.count() == 0


def test_each_number_of_the_board_opens_its_list(cast, case, as_):
    signed_and_answered(dispatched(case, cast.second, by=cast.bo), by=cast.chen)
    context = as_(cast.quan).get(page("dispatch_board")).context
    line = context["lines"][0]
    counts = {one.label: (one.rate.numerator, one.rate.denominator) for one in line.rates}
    assert list(counts.values()) == [(1, 1), (1, 1), (0, 0), (0, 0), (0, 0), (0, 1), (0, 1)]
    rows = as_(cast.quan).get(line.rates[0].url).context["rows"]
    assert [one.order.unit for one in rows] == [cast.second]
    assert as_(cast.bo).get(page("dispatch_board")).context["lines"]  # those of one's own cases


def test_the_directory_comes_from_a_file(cast, case):
    read = KIND.reader()
    row = read(
        {"code": "A-1", "name": "投递", "unit": "二组", "assisting": "一组", "words": "包裹"}
    )
    with pytest.raises(Refused) as wrong:
        read({"code": "A-2", "name": "投递", "unit": "五组"})
    assert [one.field for one in wrong.value.problems] == ["unit"]
    assert len(KIND.publish("file", [row], None).new) == 1
    assert KIND.publish("file", [row], None).known == ["A-1"]
    assert matters_for(case)[0].unit == cast.second


def test_what_units_did_is_a_measure(cast, case):
    signed_and_answered(dispatched(case, cast.second, cast.first, by=cast.bo).case.orders.get(
        role="assisting"), by=cast.bea)  # fmt: skip
    day = today()
    found = {one.unit_id: one for one in cells({"rate": "signed"}, day, day)}
    assert found[cast.first.pk][-3:] == (1, 1, 0)
    assert found[cast.second.pk][-3:] == (0, 0, 1)  # nobody signed yet: unknown
    behind = rows({"rate": "signed"}, Place(cast.hotline.path), day, day)
    assert [(row.numerator, len(behind)) for row in behind[:10]] == [(1.0, 1)]
    assert len(rows({"rate": "returned"}, Place(), day, day)) == 2
