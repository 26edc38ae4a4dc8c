"""What a person leaves open is recognised: by rules first, then by what was learned."""

import pytest
from django.urls import reverse

from lingzhi.accounts.factories import Caller, headers_of
from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, make_closed, step, with_flows
from lingzhi.cases.models import Case, CaseType, LearnedModel, RecognitionRule
from lingzhi.cases.queries.desk import FULL, knows_best
from lingzhi.cases.queries.recognition import in_use, proposal_for
from lingzhi.cases.services import recognition
from lingzhi.cases.services.changing import Change, OtherFlow, change_case
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.cases.services.recognising import NotRecognised
from lingzhi.cases.services.recognition import (
    RuleEnded,
    add_recognition,
    end_recognition,
    learn,
    set_recognition,
    usable,
)
from lingzhi.core.clock import now
from lingzhi.customers.factories import make_customer
from lingzhi.customers.models import Membership, Segment

pytestmark = pytest.mark.django_db
OFFERS = ("找不到", "如何兑换", "想查询", "请问怎么看", "哪里可以查")
FAULTS = ("无法开机", "充不进电", "漏水", "噪音很大", "不转了")


def rule(title: str, code: str = "repair", **more) -> RecognitionRule:
    with_flows()
    kind = CaseType.objects.get(code=code)
    return add_recognition(RecognitionRule(title=title, type=kind, **more), by=None)


def opened(by, title: str, **more) -> Case:
    with_flows()
    opening = Opening(**{"type": None, "title": title, "unit": None, **more})
    return open_case(opening, by=by)


def closed_history(cast, number: int) -> None:
    """Closed cases of two types, every text another one; rows, for the way there is no matter."""
    case = make_closed(in_work(make_case(by=cast.bo, unit=cast.first), by=cast.bo), by=cast.bo)
    types = {one.code: one for one in CaseType.objects.all()}
    Case.objects.bulk_create(
        Case(
            **{
                field.attname: getattr(case, field.attname)
                for field in Case._meta.concrete_fields
                if field.name not in ("id", "number", "title", "type", "description", "demand")
            },
            number=f"H{at}", title=f"{words[at % 5]}{at}", description=f"客户{words[at // 5 % 5]}",
            type=types[code],
        )
        for code, words in (("enquiry", OFFERS), ("repair", FAULTS))
        for at in range(number * (code == "repair"), number * (1 + (code == "repair")))
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(kind="solved")


def test_the_first_rule_that_fits_wins_and_the_case_says_so(cast, calendar):
    rule("退款", "business", words="退款\n退钱", order=20, priority=1, case_class="urgent")
    rule("保修", words="保修", order=10, unit=cast.second, finds_person=True)
    rule("兜底", "enquiry", words="退款\n保修", order=30)
    both = opened(cast.bo, "保修期內想退款", handler=cast.bo)
    assert (both.type.code, both.unit, both.owner) == ("repair", cast.second, cast.bo)
    assert both.handler == cast.chen  # who works there and has most room
    line = both.events.get(kind="recognised")
    assert (line.step, line.text, line.by) == ("rule", "保修", None)
    money = opened(cast.bo, "要求退錢", handler=cast.bo)  # traditional counts as the same
    assert (money.type.code, money.priority, money.case_class) == ("business", 1, "urgent")
    assert (money.unit, money.handler) == (cast.first, cast.bo)


def test_channel_and_class_narrow(cast, calendar):
    segment = Segment.objects.create(name="重要客户", rank=1)
    rule("重要客户来电", "order", segment=segment, priority=1)
    rule("其余", "enquiry", words="查询")
    customer = make_customer(name="王小明")
    assert opened(cast.bo, "查询", customer=customer).type.code == "enquiry"
    Membership.objects.create(customer=customer, segment=segment, noted_at=now())
    assert opened(cast.bo, "查询", customer=customer).type.code == "order"


def test_what_a_person_chose_stays(cast, calendar):
    rule("退款", "business", words="退款", unit=cast.second, priority=1)
    kind = CaseType.objects.get(code="enquiry")
    mine = opened(cast.bo, "退款", type=kind)
    assert (mine.type, mine.unit, mine.priority) == (kind, cast.first, 3)
    other = opened(cast.bo, "退款", unit=cast.first)
    assert (other.type.code, other.unit) == ("business", cast.first)


def test_nothing_fits_nothing_is_opened(cast, calendar):
    with pytest.raises(NotRecognised) as raised:
        opened(cast.bo, "天气")
    assert raised.value.proposal is None
    assert not Case.objects.exists()


def test_a_wrong_type_is_corrected_into_another_flow_until_it_moved(cast, calendar):
    found = rule("闪退", "enquiry", words="闪退")
    technical = CaseType.objects.get(code="technical")
    case = opened(cast.bo, "应用闪退", handler=cast.bo)
    change = Change(type=technical)
    change_case(case, change, reason="技术问题", seen=case.revision, by=cast.bo)
    assert (case.version.flow, case.state) == (technical.flow, case.version.read().begins)
    said = {"description": "更新后闪退", "demand": "恢复使用"}
    other = opened(cast.bo, "应用闪退", handler=cast.bo, **said)
    step(other, "register", by=cast.bo)
    with pytest.raises(OtherFlow):
        change_case(other, change, reason="技术问题", seen=other.revision, by=cast.bo)
    Case.objects.update(kind="closed", closed_at=now(), fed_back_at=now(), satisfaction="satisfied")
    kept = in_use()[found.pk]
    assert (kept.type.numerator, kept.type.denominator) == (1, 2)


def test_it_goes_to_whoever_has_room(cast, calendar, monkeypatch):
    case = make_case(by=cast.bo, unit=cast.first)
    assert knows_best(case) == cast.bo
    monkeypatch.setattr("lingzhi.cases.queries.desk.FULL", 0)
    assert FULL > 0
    assert knows_best(case) is None


def test_rules_are_kept_and_ended_once(cast, calendar, as_):
    with_flows()
    sent = {
        "title": "退款", "order": 10, "words": "", "type": CaseType.objects.get(code="order").pk,
    }  # fmt: skip
    new = reverse("cases:new_recognition")
    assert as_(cast.bo).post(new, sent).status_code == 403
    client = as_(cast.quan)
    assert client.post(new, sent).status_code == 422  # by nothing
    assert client.post(new, {**sent, "words": "退款"}).status_code == 302
    first = RecognitionRule.objects.get()
    client.post(reverse("cases:edit_recognition", args=[first.pk]), {**sent, "words": "退钱"})
    first.refresh_from_db()
    second = RecognitionRule.objects.get(ended_at=None)
    assert (first.ended_at is None, second.words) == (False, "退钱")
    with pytest.raises(RuleEnded):
        end_recognition(first, by=cast.quan)
    assert client.post(reverse("cases:end_recognition", args=[first.pk])).status_code == 404
    client.post(reverse("cases:end_recognition", args=[second.pk]))
    acts = Entry.objects.filter(action__startswith="cases.recognition_").values_list("action")
    assert [one for (one,) in acts.order_by("pk")] == [
        "cases.recognition_set", "cases.recognition_ended", "cases.recognition_set",
        "cases.recognition_ended",
    ]  # fmt: skip


def test_only_what_can_be_learned_from_counts():
    many = [(f"咨询{at}", "a") for at in range(20)]
    assert usable([*many, *many, ("少", "b"), ("两可", "a"), ("两可", "b"), ("–", "a")]) == many


def test_it_learns_from_closed_cases_and_says_how_good_it_is(cast, calendar, as_, monkeypatch):
    closed_history(cast, 40)
    page = reverse("cases:recognition")
    assert learn() == 0  # 80 of 200
    assert as_(cast.quan).get(page).context["models"][0].usable == 80
    assert proposal_for("漏水") is None
    set_recognition({"least": 80}, by=cast.quan)
    assert learn() == 1
    assert learn() == 0  # the same history
    model = LearnedModel.objects.get()
    assert (model.examples, model.measured, model.accuracy.ratio) == (80, 80, 1)
    found = proposal_for("洗衣机漏水")
    assert (found.type.code, found.certainty > 0.5) == ("repair", True)
    shown = as_(cast.quan).get(page).context["models"][0]
    assert [one.examples for one in shown.labels] == [40, 40]
    monkeypatch.setattr(recognition, "MOST", 60)
    Case.objects.filter(number="H0").update(title="新说法", description="充不进电")
    assert set_recognition({"least": 40}, by=cast.quan).least == 40
    assert learn() == 1
    assert [bool(one.weights) for one in LearnedModel.objects.order_by("pk")] == [False, True]


def test_it_proposes_and_acts_only_where_it_may(cast, calendar, as_):
    closed_history(cast, 40)
    set_recognition({"least": 80}, by=cast.quan)
    learn()
    client, url = as_(cast.bo), reverse("cases:open")
    sent = {
        "title": "冰箱漏水", "description": "噪音很大", "disposition": "told", "mine": "on",
        "method": "安排上门", "expected_at": "2026-12-24T10:00", "way": "phone",
    }  # fmt: skip
    answer = client.post(url, sent)
    assert (answer.status_code, Case.objects.filter(title="冰箱漏水").count()) == (422, 0)
    form = answer.context["form"]
    repair, enquiry = (CaseType.objects.get(code=one) for one in ("repair", "enquiry"))
    assert form["type"].value() == str(repair.pk)
    assert "100" in answer.content.decode()
    client.post(url, {**sent, "type": enquiry.pk, "was_asked": "on"})
    case = Case.objects.get(title="冰箱漏水")
    noted = case.recognition
    assert (case.type, noted.type, noted.is_acted_on) == (enquiry, repair, False)
    assert not case.events.filter(kind="recognised").exists()
    set_recognition({"acts_from": 50}, by=cast.quan)
    assert client.post(url, {**sent, "title": "水壶漏水"}).status_code == 302
    case = Case.objects.get(title="水壶漏水")
    assert (case.type, case.recognition.is_acted_on) == (repair, True)
    assert case.events.get(kind="recognised").step == "learned"
    Case.objects.filter(recognition__isnull=False).update(
        kind="closed", closed_at=now(), fed_back_at=now(), satisfaction="satisfied"
    )
    assert (in_use()[None].type.numerator, in_use()[None].type.denominator) == (1, 2)


def test_other_systems_may_leave_it_open(cast, calendar):
    rule("退款", "business", words="退款")
    caller = Caller(headers_of(cast.bo))
    answer = caller.post("/cases", {"title": "要求退款"})
    assert (answer.status_code, answer.json()["type"]) == (201, "business")
    assert caller.post("/cases", {"title": "天气"}).status_code == 422
