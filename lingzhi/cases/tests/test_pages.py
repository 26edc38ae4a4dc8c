from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lingzhi.cases.factories import in_work, make_case, step, tell
from lingzhi.cases.models import Case, FlowVersion
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, calendar, at) -> Case:
    at("2026-11-20 10:00")
    return make_case(by=cast.bo, unit=cast.first)


def page(name: str, *args: object) -> str:
    return reverse(f"cases:{name}", args=args)


def test_the_list_costs_the_same_for_many(cast, case, as_):
    client = as_(cast.bo)
    client.get(page("list"))

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page("list")).status_code == 200
        return len(queries)

    few = cost()
    for number in range(5):
        in_work(make_case(by=cast.bo, unit=cast.first, title=f"催件{number}"), by=cast.bo)
    assert cost() == few


def test_the_list_is_in_order_of_what_is_due(cast, case, as_):
    urgent = make_case(by=cast.bo, unit=cast.first, type_code="outage", handler=cast.bo)
    rows = as_(cast.bo).get(page("list")).context["rows"]
    assert [one.case for one in rows] == [urgent, case]
    Case.objects.filter(pk=urgent.pk).update(next_due_at=now() - timedelta(minutes=1))
    for due, expected in (("late", urgent), ("soon", case)):
        rows = as_(cast.bo).get(page("list"), {"due": due}).context["rows"]
        assert [one.case for one in rows] == [expected]


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({}, 2), ({"whose": "mine"}, 1), ({"whose": "owned"}, 2), ({"whose": "team"}, 2),
        ({"whose": "nobody"}, 1), ({"kind": "closed"}, 0), ({"text": "催件"}, 1),
        ({"case_class": "urgent"}, 0),
    ],
)  # fmt: skip
def test_filters_narrow(cast, case, as_, filters, number):
    in_work(make_case(by=cast.bo, unit=cast.first, title="催件"), by=cast.bo)
    assert len(as_(cast.bo).get(page("list"), filters).context["rows"]) == number


def test_other_teams_see_nothing(cast, case, as_):
    assert as_(cast.chen).get(page("list")).context["rows"] == []
    assert as_(cast.chen).get(page("case", case.pk)).status_code == 404


def test_a_case_is_opened_from_a_conversation(cast, calendar, at, as_):
    at("2026-11-20 10:00")
    lay_built_ins(by=None)
    talk = make_contact()
    Contact.objects.filter(pk=talk.pk).update(agent=cast.bo, unit=cast.first)
    client = as_(cast.bo)
    assert "cases/_panel.html" in [
        one.name for one in client.get(reverse("contacts:detail", args=[talk.pk])).templates
    ]
    types = client.get(page("open_from", talk.pk)).context["form"].fields["type"].queryset
    sent = {
        "type": types.get(code="order").pk, "title": "查件", "description": "三天未到",
        "unit": cast.first.pk, "disposition": "told", "method": "联系快递", "way": "phone",
        "expected_at": "2026-11-21T10:00", "mine": "on",
    }  # fmt: skip
    answer = client.post(page("open_from", talk.pk), {**sent, "way": ""})
    assert (answer.status_code, Case.objects.count()) == (422, 0)
    client.post(page("open_from", talk.pk), sent)
    opened = Case.objects.get()
    assert (opened.contact, opened.handler, opened.channel.code) == (talk, cast.bo, "phone")
    assert opened.clocks.get(kind="first_response").verdict == "met"
    assert opened.clocks.get(kind="promise").due_at is not None


def test_solved_at_once_is_told_at_once(cast, calendar, at, as_):
    at("2026-11-20 10:00")
    lay_built_ins(by=None)
    client = as_(cast.bo)
    types = client.get(page("open")).context["form"].fields["type"].queryset
    sent = {
        "type": types.get(code="enquiry").pk, "title": "问时间", "description": "营业时间",
        "unit": cast.first.pk, "disposition": "at_once", "method": "已告知九点",
    }  # fmt: skip
    client.post(page("open"), sent)
    opened = Case.objects.get()
    assert (opened.kind, opened.fed_back_at) == ("solved", now())
    sent["type"] = types.get(code="project").pk
    assert client.post(page("open"), sent).status_code in (302, 422)


def test_acts_go_through_the_page(cast, case, as_):
    client = as_(cast.bea)
    client.post(page("take", case.pk), {"revision": case.revision})
    case.refresh_from_db()
    assert case.handler == cast.bea
    client.post(page("move", case.pk), {"revision": case.revision, "step": "register"})
    client.post(page("note", case.pk), {"text": "已查"})
    case.refresh_from_db()
    assert case.state == "registered"
    stale = client.post(page("move", case.pk), {"revision": 0, "step": "assign"})
    assert stale.status_code == 409
    wrong = client.post(page("tell", case.pk), {"revision": case.revision, "method": "核实"})
    assert (wrong.status_code, "核实" in wrong.text) == (422, True)


def test_the_result_is_told_and_answered_on_the_page(cast, case, as_):
    step(in_work(tell(case, by=cast.bo), by=cast.bo), "solve", by=cast.bo)
    client = as_(cast.bo)
    client.post(page("tell", case.pk), {"revision": case.revision, "method": "已送达"})
    case.refresh_from_db()
    sent = {"revision": case.revision, "satisfaction": "satisfied"}
    client.post(page("answer", case.pk), sent)
    case.refresh_from_db()
    client.post(page("move", case.pk), {"revision": case.revision, "step": "close"})
    case.refresh_from_db()
    assert case.is_closed


def test_a_hand_over_goes_through_the_pages(cast, case, as_):
    sent = {"revision": case.revision, "unit": cast.second.pk, "reason": "归二组"}
    as_(cast.bo).post(page("hand_over", case.pk), sent)
    offer = case.hand_overs.get()
    assert as_(cast.chen).get(page("case", case.pk)).context["may"].answer_hand_over
    as_(cast.chen).post(page("accept_hand_over", offer.pk))
    case.refresh_from_db()
    assert case.handler == cast.chen


def test_a_clock_is_explained(cast, case, as_, at):
    in_work(case, by=cast.bo)
    at("2026-11-20 11:00")
    step(case, "wait", by=cast.bo, reason="等客户")
    at("2026-11-20 14:00")
    step(case, "go_on", by=cast.bo)
    at("2026-11-20 15:00")
    clock = case.clocks.get(kind="resolution")
    found = as_(cast.bo).get(page("clock", clock.pk)).context["explained"]
    assert [(line.kind.value, line.seconds) for line in found.lines] == [
        ("counted", 3600), ("paused", 7200), ("counted", 3600),
    ]  # fmt: skip
    assert found.counted == 7200


def test_a_flow_is_changed_in_a_draft(cast, as_):
    client = as_(cast.quan)
    client.post(page("lay_flows"))
    flow = FlowVersion.objects.get(flow__code="technical").flow
    assert client.get(page("flow", flow.pk)).status_code == 200
    sent = dict(client.get(page("draft_flow", flow.pk)).context["form"].initial)
    broken = {**sent, "content": sent["content"].replace("begins: accepted", "begins: nowhere")}
    answer = client.post(page("draft_flow", flow.pk), {**broken, "activate": "1"})
    assert answer.status_code == 422
    sent["seen"] = flow.versions.get(state="draft").changed_at.isoformat()
    client.post(page("draft_flow", flow.pk), {**sent, "activate": "1"})
    assert flow.versions.get(state="active").number == 2
