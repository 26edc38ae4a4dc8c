"""From columns to fields, as a mapping says."""

import pytest

from lingzhi.core.intake import Problem
from lingzhi.imports.formats import BROKEN
from lingzhi.imports.gathering import gathered
from lingzhi.imports.kinds import kind_named
from lingzhi.imports.records import picked, records


@pytest.fixture
def read(db):
    """`read(rows, columns, **options)`: the records of rows, without their numbers."""

    def found(rows, columns, **options):
        numbered = enumerate(rows, start=2)
        return [
            record for _at, record in records(kind_named("contacts"), numbered, columns, options)
        ]

    return found


def test_only_columns_that_are_mapped_are_taken(read):
    assert read([{"编号": "1", "密码": "x"}], {"external_id": "编号"}) == [{"external_id": "1"}]


def test_empty_cells_take_the_value_for_all(read):
    rows = [{"c": ""}, {"c": None}, {"c": "电话"}]
    found = read(rows, {"channel": "c"}, defaults={"channel": "chat"})
    assert [one["channel"] for one in found] == ["chat", "chat", "电话"]


def test_words_are_replaced_by_what_they_mean(read):
    rows = [{"d": "A"}, {"d": 1}, {"d": "呼出"}, {"d": "Z"}]
    found = read(rows, {"direction": "d"}, words={"direction": {"A": "in", "1": "out", "*": "in"}})
    assert [one["direction"] for one in found] == ["in", "out", "呼出", "in"]


def test_times_in_other_writings_are_read_by_their_pattern(read):
    rows = [{"t": "20/11/2026 14:03"}, {"t": "2026-11-20 14:03"}]
    found = read(rows, {"started_at": "t"}, dates={"started_at": "%d/%m/%Y %H:%M"})
    assert [one["started_at"] for one in found] == ["2026-11-20T14:03:00", "2026-11-20 14:03"]


def test_other_columns_are_kept_where_that_is_asked(read):
    rows = [{"编号": "1", "门店": "西湖", "空": ""}]
    (one,) = read(rows, {"external_id": "编号"}, keep=["门店", "空"])
    assert one["meta"] == {"门店": "西湖"}


@pytest.mark.parametrize(
    ("path", "value"),
    [("call.id", 7), ("call", {"id": 7}), ("call.x", None), ("a.b", 1), ("call.id.x", None)],
)
def test_paths_lead_into_nested_data(path, value):
    assert picked({"call": {"id": 7}, "a.b": 1}, path) == value


def test_turns_are_picked_from_a_list_of_objects(read):
    row = {"id": 1, "said": [{"spk": 0, "txt": "您好", "bg": 0.5, "ed": "1.25"}, "oops"]}
    columns = {
        "external_id": "id", "turns": "said", "turn_role": "said[].spk", "turn_text": "said[].txt",
        "turn_start_ms": "said[].bg", "turn_end_ms": "said[].ed",
    }  # fmt: skip
    (one,) = read([row], columns, unit="s", words={"turn_role": {"0": "agent"}})
    assert one["turns"] == [
        {"role": "agent", "text": "您好", "start_ms": 500.0, "end_ms": 1250.0},
        "oops",
    ]


CHAT = [
    {"id": "A", "who": "客服", "say": "您好", "phone": ""},
    {"id": "B", "who": "客服", "say": "在的", "phone": ""},
    {"id": "A", "who": "客户", "say": "退款", "phone": "138"},
    {BROKEN: Problem("", "broken")},
    {"id": "", "who": "客户", "say": "lost", "phone": ""},
    {"id": "B", "who": "客户", "say": "好", "phone": ""},
]
TURNS = {"external_id": "id", "customer_phone": "phone", "turn_role": "who", "turn_text": "say"}


def test_rows_of_one_conversation_need_not_stand_together(db):
    found = list(records(kind_named("contacts"), enumerate(CHAT, 2), TURNS, {"shape": "turns"}))
    assert [number for number, _record in found] == [2, 3, 5, 6]
    by_number = dict(found)
    assert [turn["text"] for turn in by_number[2]["turns"]] == ["您好", "退款"]
    assert by_number[2]["customer_phone"] == "138"
    assert isinstance(by_number[5], Problem)
    assert "external_id" not in by_number[6]


def test_a_million_rows_would_not_stay_in_memory():
    rows = ((number, {"id": number % 5, "text": "x" * 100}) for number in range(20_000))
    groups = gathered(rows, lambda row: row["id"])
    first, members = next(groups)
    assert (first, len(members)) == (0, 4000)
    groups.close()


def test_what_no_database_can_keep_waits_all_the_same():
    row = {"id": "A", "text": "\ud800\x00"}
    assert list(gathered(iter([(2, row)]), lambda one: one["id"])) == [(2, [row])]
