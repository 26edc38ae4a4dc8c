from datetime import UTC, datetime

import pytest

from lingzhi.contacts.delivery import read_delivery
from lingzhi.core.intake import Refused

GOOD = {
    "external_id": "A1",
    "channel": "phone",
    "answered_at": "2026-11-20 10:00:00",
    "ended_at": "2026/11/20 10:05",
    "turns": "客服:您好\n客户：我要退款",
}


def fields_refused(**changes) -> set[str]:
    with pytest.raises(Refused) as refused:
        read_delivery({**GOOD, **changes})
    return {problem.field for problem in refused.value.problems}


def test_a_plain_record_is_read():
    delivery = read_delivery(GOOD)
    assert [turn.role for turn in delivery.turns] == ["agent", "customer"]
    assert delivery.values["answered_at"].astimezone(UTC) == datetime(2026, 11, 20, 2, tzinfo=UTC)
    assert delivery.values["queued_at"] is None
    assert delivery.values["started_at"] == delivery.values["answered_at"]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"external_id": ""}, {"external_id"}),
        ({"external_id": "x" * 121}, {"external_id"}),
        ({"answered_at": "2026-02-30 10:00"}, {"answered_at"}),
        ({"answered_at": "2026-11-20 10:06"}, {"ended_at"}),
        ({"ended_at": "3026-01-01 00:00"}, {"ended_at"}),
        ({"direction": "sideways"}, {"direction"}),
        ({"turns": "您好"}, {"turns"}),
        ({"turns": []}, {"turns"}),
        ({"turns": [{"role": "ghost", "text": "x"}]}, {"turns"}),
        ({"turns": [{"role": "agent", "text": "x", "start_ms": 5, "end_ms": 1}]}, {"turns"}),
        ({"outcome": "a\x00b"}, {"outcome"}),
        ({"outcome": "a\ud800"}, {"outcome"}),
        ({"hold_seconds": "-1"}, {"hold_seconds"}),
        ({"external_id": True}, {"external_id"}),
        ({"external_id": {"a": 1}}, {"external_id"}),
        ({"external_id": ["A1"]}, {"external_id"}),
        ({"queue": {"a": 1}, "outcome": [1], "agent": False}, {"queue", "outcome", "agent"}),
        ({"turns": [{"role": "agent", "text": {"a": 1}}]}, {"turns"}),
        ({"nonsense": 1}, {"nonsense"}),
        ({"external_id": "", "direction": "?"}, {"external_id", "direction"}),
    ],
)
def test_it_names_the_fields_that_are_wrong(changes, fields):
    assert fields_refused(**changes) == fields


def test_full_width_and_chinese_writings_of_times_are_read():
    delivery = read_delivery({**GOOD, "ended_at": "２０２６年１１月２０日 10时06分07秒"})
    assert delivery.values["ended_at"].second == 7


def test_a_line_without_speaker_continues_the_turn():
    delivery = read_delivery({**GOOD, "turns": "[00:05] 客服: 您好\n请讲\n客户: 好"})
    assert delivery.turns[0].text == "您好\n请讲"
    assert delivery.turns[0].start_ms == 5000


def test_equal_records_have_equal_digests():
    assert read_delivery(GOOD).sha256 == read_delivery(dict(reversed(GOOD.items()))).sha256


def test_numbers_that_are_phones_stay_apart_and_the_same():
    numbers = {
        read_delivery({**GOOD, "external_id": f"1380{n:03}2071"}).external_id for n in (1, 2, 1)
    }
    assert len(numbers) == 2
    assert {number.split("~")[0] for number in numbers} == {"138****2071"}
    assert {
        read_delivery({**GOOD, "external_id": number}).external_id for number in numbers
    } == numbers


@pytest.mark.parametrize("number", ["A-20261120-0001", "8-231", "20261120100307123456", "1002"])
def test_ordinary_numbers_stay_as_they_are(number):
    assert read_delivery({**GOOD, "external_id": number}).external_id == number
