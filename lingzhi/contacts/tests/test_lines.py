"""Transcripts that are text."""

import pytest

from lingzhi.contacts.lines import names_speaker, speakers_in
from lingzhi.contacts.transcripts import read_turns
from lingzhi.core.intake import Wrong


def read(text, **speakers):
    turns = read_turns({"lines": text, "speakers": speakers} if speakers else text)
    return [(turn.role, turn.text) for turn in turns]


@pytest.mark.parametrize(
    ("text", "start_ms"),
    [
        ("客服：您好", None),
        ("[00:05] 客服: 您好", 5000),
        ("00:05 客服：您好", 5000),
        ("客服（00:05）：您好", 5000),
        ("坐席1001 00:05：您好", 5000),
        ("客服 00:05\n您好", 5000),
        ("00:05 客服\n您好", 5000),
        ("1:00:05 客服：您好", 0),  # a time of day counts from the first turn
    ],
)
def test_speaker_and_time_stand_in_many_places(text, start_ms):
    (turn,) = read_turns(text)
    assert (turn.role, turn.text, turn.start_ms) == ("agent", "您好", start_ms)


def test_dates_are_read_whole():
    first, second = read_turns("客服 2026-11-20 10:00:05\n您好\n客户 2026年11月20日10:00\n在吗")
    assert (first.text, second.text) == ("在吗", "您好")  # in the order of their times
    assert second.at.second == 5


def test_times_of_day_go_past_midnight():
    turns = read_turns("客服(23:59:58)：您好\n客户(00:00:03)：在")
    assert [turn.start_ms for turn in turns] == [0, 5000]


def test_traditional_characters_name_the_same_speakers():
    assert [role for role, _text in read("客戶：喂\n機器人：您好\n客服專員01：您好")] == [
        "customer",
        "bot",
        "agent",
    ]


def test_a_line_without_speaker_continues_the_turn():
    assert read("客服：地址是\n地址：西湖区\n客户：好") == [
        ("agent", "地址是\n地址：西湖区"),
        ("customer", "好"),
    ]


def test_a_stranger_is_not_taken_for_the_one_who_spoke_before():
    with pytest.raises(Wrong):
        read("客服：您好\n张三：我要退款")


def test_names_get_their_roles_from_the_mapping():
    talk = "小云：您好\n张三：我要退款\n小云：好的"
    assert read(talk, 小云="agent", 张三="customer") == [
        ("agent", "您好"),
        ("customer", "我要退款"),
        ("agent", "好的"),
    ]
    assert read(talk, 小云="agent", **{"*": "customer"})[1] == ("customer", "我要退款")


def test_every_name_before_a_colon_is_found():
    assert speakers_in("小云：您好\n地址：西湖\n再见") == ["小云", "地址"]
    assert speakers_in([{"role": "agent"}]) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("客服：您好", True), ("地址：西湖", False), ("", False), ("您好", False)],
)
def test_whether_somebody_speaks(text, expected):
    assert names_speaker(text) == expected


def test_a_first_line_without_speaker_is_refused():
    with pytest.raises(Wrong):
        read("您好\n客服：您好")
