import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingzhi_engine.clock import BadSlots, Slot, format_slots, parse_slots


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("", ()),
        ("09:00-12:00", (Slot(540, 720),)),
        ("13:30-18:00, 9:00-12:00", (Slot(540, 720), Slot(810, 1080))),
        ("9：00～12：00；13：30—18：00", (Slot(540, 720), Slot(810, 1080))),
        ("00:00-24:00", (Slot(0, 1440),)),
    ],
)
def test_it_reads_what_people_write(text, slots):
    assert parse_slots(text) == slots


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nine to five", "form"),
        ("09:60-10:00", "form"),
        ("12:00-09:00", "order"),
        ("22:00-25:00", "order"),
        ("09:00-12:00, 11:00-13:00", "overlap"),
    ],
)
def test_it_names_what_is_wrong(text, reason):
    with pytest.raises(BadSlots) as problem:
        parse_slots(text)
    assert problem.value.reason == reason


@given(st.lists(st.integers(0, 1440), min_size=2, max_size=8, unique=True))
def test_what_it_writes_it_reads_back(bounds):
    ordered = sorted(bounds)[: len(bounds) // 2 * 2]
    slots = tuple(Slot(*pair) for pair in zip(ordered[::2], ordered[1::2], strict=True))
    assert parse_slots(format_slots(slots)) == slots
