"""Indicators of contacts on a handful of made rows, against what one counts by hand."""

from datetime import date

import pytest

from lingzhi.contacts.factories import make_contacts, make_unanswered
from lingzhi.core.clock import midnight, now
from lingzhi.kpis.queries import Scope, figure, last_days
from lingzhi.kpis.services import count_definition, ensure_definition
from lingzhi.org.models import Presence

DAY = date(2026, 11, 13)


@pytest.fixture
def _day(cast):
    """Two customers ask about a refund, one of them again the next morning; a third gives up. Bo
    also calls somebody; the last call of all, days later, shows how far the rows reach.
    """
    one, two = "13800002071", "13800002072"
    refund = {"meta": {"reason": "退货"}, "agent": "1002"}
    make_contacts([
        {
            "external_id": "A1", **refund, "customer_phone": one, "outcome": "已解决",
            "started_at": "2026-11-13 10:00:00", "answered_at": "2026-11-13 10:00:05",
            "ended_at": "2026-11-13 10:04:05", "wrapped_up_at": "2026-11-13 10:05:05",
            "transfers": 0,
        },
        {
            "external_id": "A2", **refund, "customer_phone": two, "outcome": "已登记",
            "started_at": "2026-11-13 11:00:00", "answered_at": "2026-11-13 11:00:10",
            "ended_at": "2026-11-13 11:02:10", "wrapped_up_at": "2026-11-13 11:02:30",
            "transfers": 0,
        },
        {
            "external_id": "A3", **refund, "customer_phone": one, "transfers": 0,
            "started_at": "2026-11-14 09:00:00", "answered_at": "2026-11-14 09:00:10",
            "ended_at": "2026-11-14 09:02:10",
        },
        {
            "external_id": "O1", "agent": "1002", "direction": "out", "outcome": "",
            "started_at": "2026-11-13 14:00:00", "answered_at": "2026-11-13 14:00:10",
            "ended_at": "2026-11-13 14:01:10", "wrapped_up_at": "2026-11-13 14:01:10",
        },
        {"external_id": "Z"},
    ])  # fmt: skip
    make_unanswered(
        "U1",
        queued_at="2026-11-13 15:00:00",
        ended_at="2026-11-13 15:00:30",
        transfers=0,
        ended_by="customer",
    )


def parts(cast, code, way="", **params):
    definition = ensure_definition(code, way, params, by=None)
    count_definition(definition, DAY, DAY)
    found = figure(definition, Scope.of_unit(cast.company), last_days(1, DAY))
    return found.numerator, found.denominator, found.unknown


@pytest.mark.usefixtures("_day")
def test_times_and_volumes_are_what_one_counts_by_hand(cast):
    # A1: 240 s of talk and 60 after it, A2: 120 and 20, O1: 60 and 0
    assert parts(cast, "K04") == (500, 3, 0)
    assert parts(cast, "K04", "call") == (420, 3, 0)
    assert parts(cast, "K04", "within", limit=120) == (2, 3, 0)
    assert parts(cast, "K05") == (80, 3, 0)
    assert parts(cast, "K24", "number") == (3, 0, 0)
    assert parts(cast, "K24") == (3, pytest.approx(500 / 3600), 0)
    assert parts(cast, "K33") == (3, 0, 0)  # the one that was given up as well
    assert parts(cast, "K33", "every") == (4, 0, 0)


@pytest.mark.usefixtures("_day")
def test_load_is_shared_by_who_worked_or_by_who_was_there(cast):
    assert parts(cast, "K27") == (3, 1, 0)
    for person in (cast.bo, cast.bea):
        Presence.objects.create(
            person=person, kind="duty", from_at=midnight(DAY), to_at=midnight(date(2026, 11, 14)),
            recorded_at=now(),
        )  # fmt: skip
    assert parts(cast, "K27", "on_duty") == (3, 2, 0)


@pytest.mark.usefixtures("_day")
def test_solved_at_once_by_each_of_its_choices(cast):
    assert parts(cast, "K07") == (1, 2, 0)  # the first came again within three days
    assert parts(cast, "K07", hours=12) == (2, 2, 0)
    assert parts(cast, "K07", "tick") == (1, 2, 0)
    assert parts(cast, "K07", "tick", abandons="in") == (1, 3, 0)
