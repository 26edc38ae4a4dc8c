"""What the columns of unknown files probably mean."""

import pytest

from lingzhi.imports.guessing import (
    columns_of,
    guess_columns,
    guess_dates,
    guess_heading,
    guess_shape,
    strange_words,
    values_at,
)
from lingzhi.imports.kinds import kind_named


@pytest.fixture
def kind(db):
    return kind_named("contacts")


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (["通话编号", "渠道", "对话内容"],
         {"external_id": "通话编号", "channel": "渠道", "turns": "对话内容"}),
        (["Call ID", "CHANNEL", "transcript"],
         {"external_id": "Call ID", "channel": "CHANNEL", "turns": "transcript"}),
        (["call.id", "call.agent.no"], {"external_id": "call.id", "agent": "call.agent.no"}),
        (["会话ID", "发送方", "消息内容", "发送时间"],
         {"external_id": "会话ID", "turn_role": "发送方", "turn_text": "消息内容",
          "turn_at": "发送时间"}),
        (["id", "sentences", "sentences[].spk", "sentences[].onebest", "sentences[].bg"],
         {"external_id": "id", "turns": "sentences", "turn_role": "sentences[].spk",
          "turn_text": "sentences[].onebest", "turn_start_ms": "sentences[].bg"}),
        (["foo", "bar"], {}),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_usual_names(kind, header, expected):
    assert guess_columns(kind, header) == expected


def test_one_column_serves_one_field(kind):
    found = guess_columns(kind, ["客服", "工号"])
    assert len(set(found.values())) == len(found)


def test_a_file_with_speaker_and_words_has_one_turn_a_row(kind):
    assert guess_shape(kind, guess_columns(kind, ["会话ID", "发送方", "消息内容"])) == "turns"
    assert guess_shape(kind, guess_columns(kind, ["通话编号", "对话内容"])) == "records"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([["通话编号", "渠道"], ["1", "电话"]], 1),
        ([["11月记录", None], [], ["通话编号", "渠道"], ["1", "电话"]], 3),
        ([["only a title"], ["foo", "bar"], ["1", "2"]], 2),
        ([], 1),
    ],
)
def test_the_heading_is_the_row_that_names_most_fields(kind, lines, expected):
    assert guess_heading(kind, lines) == expected


def test_names_of_the_last_file_tell_the_heading_too(kind):
    assert guess_heading(kind, [["a", "b"], ["foo", "bar"]], known=["foo", "bar"]) == 2


@pytest.mark.parametrize(
    ("values", "pattern"),
    [
        (["2026-11-20 10:00:00", "2026/11/20 10:00"], ""),
        (["20/11/2026 10:00", "03/11/2026 10:00"], "%d/%m/%Y %H:%M"),
        (["11/20/2026 10:00", "11/03/2026 10:00"], "%m/%d/%Y %H:%M"),
        (["11/20/2026 2:00:01 PM"], "%m/%d/%Y %I:%M:%S %p"),
        (["gestern"], ""),
        ([], ""),
    ],
)
def test_writings_of_dates_are_found_out(kind, values, pattern):
    assert guess_dates(kind.every_field["started_at"], values) == pattern


def test_words_that_mean_nothing_by_themselves_are_listed_by_number(kind):
    values = ["电话", "飞鸽", "语音线路", "语音线路"]
    assert strange_words(kind.every_field["channel"], values, {}) == ["语音线路", "飞鸽"]
    assert strange_words(kind.every_field["channel"], values, {"传真": "sms"})[-1] == "传真"


def test_nested_data_has_paths():
    rows = [
        {"a": {"b": 1}, "c": [{"d": 1}], "e": [1]},
        {"c": [{"f": 2}], "g": {}, "meta": {"x": 1}},
    ]
    assert columns_of(rows) == ["a.b", "c", "c[].d", "e", "c[].f", "g", "meta", "meta.x"]
    assert values_at(rows, "c[].d") == [1]
    assert values_at(rows, "a.b") == [1]
