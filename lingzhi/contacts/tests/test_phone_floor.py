"""The floor: states by hand and by force, breaks with limits, raised hands, surges, who calls."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.attendance import attendance
from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import AgentState, BreakReason, BreakRequest, RaisedHand, Surge
from lingzhi.contacts.phone_streams import read_desks, read_floor
from lingzhi.contacts.queries.floor import breaks_at
from lingzhi.contacts.services import floor, source_named
from lingzhi.contacts.services.states import take_state
from lingzhi.core.clock import now, today
from lingzhi.core.measures import measures
from lingzhi.customers.services import customers_for
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
PHONE = "13800002071"


def acts() -> list[str]:
    rows = Entry.objects.filter(action__startswith="contacts.").order_by("pk")
    return list(rows.values_list("action", flat=True))


def state_of(person) -> tuple[str, str]:
    row = AgentState.objects.get(person=person, until=None)
    return row.state, row.reason


def tell(*events) -> None:
    take_events(source_named("pbx"), read_events({"events": list(events)}))


@pytest.fixture
def lunch(cast) -> BreakReason:
    return BreakReason.objects.create(
        unit=cast.hotline, name="午休", minutes_each=30, minutes_a_day=60, at_once=1
    )


def test_a_state_set_by_hand_stands_among_those_of_the_phone_system(cast, as_):
    early = (now() - timedelta(minutes=5)).isoformat()
    tell({"type": "state", "at": early, "agent": "1002", "state": "ready"})
    as_(cast.bo).post(reverse("contacts:set_state"), {"state": "after_work"})
    assert state_of(cast.bo) == ("after_work", "")
    late = (now() - timedelta(minutes=4)).isoformat()
    tell({"type": "state", "at": late, "agent": "1002", "state": "busy"})
    states = AgentState.objects.filter(person=cast.bo).order_by("since")
    assert [one.state for one in states] == ["ready", "busy", "after_work"]
    answer = as_(cast.bo).post(reverse("contacts:set_state"), {"state": "asleep"})
    assert answer.status_code == 422


def test_a_leader_forces_a_state_and_is_named(cast, as_):
    address = reverse("contacts:force_state", args=[cast.bo.pk])
    as_(cast.ada).post(address, {"state": "signed_out", "reason": "离岗"})
    assert AgentState.objects.get(person=cast.bo).state == "signed_out"
    entry = Entry.objects.get(action="contacts.state_forced")
    assert (entry.actor_id, entry.reason) == (cast.ada.pk, "离岗")
    assert AgentState.objects.get(person=cast.bo).forced_by == cast.ada
    assert Notice.objects.get(person=cast.bo).body.endswith(f"离岗 · {cast.ada.name}")
    (day,) = [one for one in attendance(cast.ada, today()) if one.person == cast.bo]
    assert [row.forced_by for row in day.forced] == [cast.ada]
    assert cast.ada.name in as_(cast.bo).get(reverse("contacts:desk")).content.decode()
    other = reverse("contacts:force_state", args=[cast.chen.pk])
    assert as_(cast.ada).get(other).status_code == 404
    assert as_(cast.bo).get(address).status_code == 403


def test_so_many_of_a_team_at_a_time(cast, lunch):
    assert floor.take_break(lunch, by=cast.bo) is None
    assert state_of(cast.bo) == ("on_break", "午休")
    with pytest.raises(floor.TooManyAtOnce):
        floor.take_break(lunch, by=cast.bea)
    assert floor.take_break(lunch, by=cast.chen) is None  # of another team


def test_a_kind_of_break_belongs_to_a_unit_and_is_changed_by_who_leads_it(cast, lunch, as_):
    address, given = reverse("contacts:break_reasons"), {"name": "午休", "minutes_each": 15}
    as_(cast.ada).post(address, given | {"unit": cast.first.pk})
    own = BreakReason.objects.get(unit=cast.first)
    assert as_(cast.ada).post(address, given | {"unit": cast.first.pk}).status_code == 422
    assert as_(cast.ada).post(address, given | {"unit": cast.second.pk}).status_code == 422
    assert [breaks_at(unit) for unit in (cast.first, cast.second)] == [[own], [lunch]]
    for pk, by, status in ((own.pk, cast.ada, 200), (lunch.pk, cast.ada, 403),
                           (own.pk, cast.cai, 404), (lunch.pk, cast.quan, 200)):  # fmt: skip
        assert as_(by).get(reverse("contacts:break_reason", args=[pk])).status_code == status
    take = reverse("contacts:take_break", args=[lunch.pk])
    assert as_(cast.bo).post(take).status_code == 404  # the nearer one holds
    assert as_(cast.chen).post(take).status_code == 302
    begin = now() - timedelta(minutes=20)
    AgentState.objects.create(person=cast.bo, state="on_break", reason="午休", since=begin,
                              source="cti")  # fmt: skip
    assert floor.watch_breaks() == 1


def test_a_used_up_quota_asks_a_leader(cast, lunch, as_):
    begin = now() - timedelta(minutes=70)
    AgentState.objects.create(
        person=cast.bo, state="on_break", reason="午休", since=begin, until=now(), seen_at=begin,
        source="cti",
    )  # fmt: skip
    asked = floor.take_break(lunch, by=cast.bo)
    assert asked.why == "quota"
    with pytest.raises(floor.AskedAlready):
        floor.take_break(lunch, by=cast.bo)
    assert Notice.objects.filter(person=cast.ada, ended_at=None).count() == 1
    as_(cast.ada).post(reverse("contacts:decide_break", args=[asked.pk]), {"grant": ""})
    assert state_of(cast.bo) == ("on_break", "午休")
    assert BreakRequest.objects.get().is_granted
    with pytest.raises(floor.AlreadyDecided):
        floor.decide_break(asked, is_granted=False, by=cast.ada)
    assert acts()[:2] == ["contacts.break_asked", "contacts.break_decided"]


def test_a_break_that_lasts_too_long_is_told_once(cast, lunch):
    begin = now() - timedelta(minutes=31)
    AgentState.objects.create(
        person=cast.bo, state="on_break", reason="午休", since=begin, seen_at=begin, source="cti"
    )
    assert floor.watch_breaks() == 1
    floor.watch_breaks()
    assert set(Notice.objects.values_list("person", flat=True)) == {cast.bo.pk, cast.ada.pk}
    assert Notice.objects.count() == 2


def test_a_raised_hand_is_answered_and_the_time_counted(cast, as_):
    as_(cast.bo).post(reverse("contacts:raise_hand"), {"words": f"客户{PHONE}要求升级"})
    hand = RaisedHand.objects.get()
    assert PHONE not in hand.words
    assert Notice.objects.get().person == cast.ada
    with pytest.raises(floor.HandIsUp):
        floor.raise_hand("", by=cast.bo)
    RaisedHand.objects.update(raised_at=now() - timedelta(seconds=40))
    as_(cast.ada).post(reverse("contacts:answer_hand", args=[hand.pk]))
    hand.refresh_from_db()
    assert hand.answered_by == cast.ada
    with pytest.raises(floor.HandIsDown):
        floor.answer_hand(hand, by=cast.ada)
    (cell,) = measures()["contacts.hand_seconds"].cells({}, today(), today())
    assert cell.numerator == pytest.approx(40, abs=2)
    assert acts() == ["contacts.hand_raised", "contacts.hand_answered"]


def test_a_surge_is_told_to_everybody_and_read(cast, as_):
    given = {"kind": "outage", "unit": cast.first.pk, "words": "支付系统故障，请按公告答复"}
    as_(cast.ada).post(reverse("contacts:surges"), given)
    surge = Surge.objects.get()
    address = reverse("contacts:surge", args=[surge.pk])
    as_(cast.bo).post(address)
    assert surge.receipts.get(person=cast.bo).read_at is not None
    assert "1 have read it" in as_(cast.ada).get(address, headers=ENGLISH).content.decode()
    assert as_(cast.chen).get(address).status_code == 404
    assert as_(cast.bo).post(reverse("contacts:end_surge", args=[surge.pk])).status_code == 403
    as_(cast.ada).post(reverse("contacts:end_surge", args=[surge.pk]))
    assert not Notice.objects.filter(ended_at=None).exists()


def test_who_calls_stands_at_the_desk_while_it_rings(cast, as_):
    customers_for([{"name": "王小明", "phone": PHONE}])
    before = read_desks([cast.bo.pk])
    at = now().isoformat()
    tell(
        {"type": "queued", "id": "c1", "at": at, "queue": "售后", "number": PHONE},
        {"type": "ring", "id": "c1", "at": at, "agent": "1002"},
    )
    assert read_desks([cast.bo.pk]) != before
    page = as_(cast.bo).get(reverse("contacts:desk"), headers=ENGLISH).content.decode()
    assert "It rings" in page
    assert "售后" in page
    assert PHONE not in page
    assert "It rings" not in as_(cast.bea).get(reverse("contacts:desk")).content.decode()
    tell({"type": "answer", "id": "c1", "at": now().isoformat(), "agent": "1002"})
    page = as_(cast.bo).get(reverse("contacts:desk"), headers=ENGLISH).content.decode()
    assert "Register a case" in page


def test_the_wallboard_and_the_floor(cast, as_, lunch):
    take_state(cast.bo, "ready", by=cast.bo)
    at = now().isoformat()
    mark = read_floor([1])
    tell(
        {"type": "queued", "id": "c1", "at": at, "queue": "售后"},
        {"type": "queued", "id": "c2", "at": at, "queue": "售后"},
        {"type": "answer", "id": "c2", "at": at, "agent": "1002"},
    )
    assert read_floor([1]) != mark
    board = as_(cast.ada).get(reverse("contacts:wallboard")).context["board"]
    assert (board.waiting, board.talking, board.today.answered) == (1, 1, 1)
    assert sum(number for _label, number in board.agents) == 1
    page = as_(cast.ada).get(reverse("contacts:floor"), headers=ENGLISH).content.decode()
    assert cast.bo.name in page
    assert cast.chen.name not in page
    assert as_(cast.bo).get(reverse("contacts:wallboard")).status_code == 403
    assert as_(cast.bo).get(reverse("live_phone_floor")).status_code == 403
