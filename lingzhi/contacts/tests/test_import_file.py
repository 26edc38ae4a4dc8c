"""A file of conversations from its arrival to the list, with the real steps in between."""

import io
import json

import pytest
from django.core.files.storage import default_storage
from django.utils import translation

from lingzhi.audit.models import Entry
from lingzhi.contacts.intake import KIND
from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.queries import published, unknown_agents
from lingzhi.files.models import StoredFile
from lingzhi.imports.models import Batch, RowProblem, StagedRow
from lingzhi.imports.queries import remembered_mapping
from lingzhi.imports.samples import propose
from lingzhi.imports.services import accept_batch, file_path, receive_file, start_batch

HEADING = "会话编号,渠道,呼叫方向,坐席工号,客户号码,开始时间,结束时间,对话内容"


def row(at, **changes):
    cells = {
        "number": f"C-{at}", "channel": "电话", "direction": "呼入", "agent": "1002",
        "phone": "13800002071", "begun": "2026-11-20 10:00:00", "ended": "2026-11-20 10:05:00",
        "turns": "客服：您好\n客户：我要退款",
    } | changes  # fmt: skip
    return ",".join(f'"{value}"' for value in cells.values())


def table(*rows):
    return "\n".join([HEADING, *rows]).encode()


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def start(content, by, *, name="a.csv", **options):
    """Receive a file and take the mapping that is proposed."""
    batch = receive_file(KIND, io.BytesIO(content), name=name, source="pbx", by=by)
    proposal = propose(KIND, file_path(batch), batch.options, remembered_mapping(batch))
    start_batch(batch, columns=proposal.columns, options={**proposal.options, **options}, by=by)
    return batch


@pytest.fixture
def bring(cast, run_jobs):
    """Bring a file in and let the workers do what is queued."""

    def run(content, **options):
        batch = start(content, cast.quan, **options)
        run_jobs()
        return Batch.objects.select_related("run").get(pk=batch.pk)

    return run


def problems(batch) -> list[tuple[int, str, str]]:
    return [(one.number, one.field, one.sentence) for one in batch.problems.all()]


def test_good_rows_are_published_at_once(bring):
    batch = bring(table(row(1), row(2)))
    assert batch.state == Batch.State.FINISHED
    assert (batch.staged_rows, batch.published_rows, batch.problem_rows) == (2, 2, 0)
    contact = published().get(external_id="C-1")
    assert (contact.channel.code, contact.direction, contact.agent.staff_no) == (
        "phone", "in", "1002",
    )  # fmt: skip
    assert [turn.role for turn in contact.turns.all()] == ["agent", "customer"]
    after = Entry.objects.get(action="imports.finished").after
    assert after["published"] == 2
    assert after["sha256"] == batch.file_sha256


def test_nothing_of_the_file_stays_behind(bring):
    batch = bring(table(row(1), row(2, begun="gestern")))
    assert StagedRow.objects.count() == 1
    accept_batch(batch, by=batch.created_by)
    stored_as = batch.file.stored_as
    assert default_storage.exists(stored_as)
    bring(table(row(3)))
    assert not StagedRow.objects.exists()
    assert not StoredFile.objects.filter(purpose="import").exists()
    assert not default_storage.exists(stored_as)
    assert Batch.objects.get(pk=batch.pk).file_name == "a.csv"


def test_staged_rows_cannot_be_read_without_the_key(cast, run_jobs):
    batch = start(table(row(1), row(2, begun="gestern")), cast.quan)
    run_jobs()
    assert "13800002071" not in batch.rows.get().sealed
    assert "13800002071" in batch.rows.get().reveal()


def test_a_second_time_every_row_is_known(bring):
    bring(table(row(1), row(2)))
    batch = bring(table(row(1), row(2)))
    assert (batch.published_rows, batch.known_rows, batch.problem_rows) == (0, 2, 0)
    assert Contact.objects.count() == 2
    assert Turn.objects.count() == 4


def test_other_content_under_a_known_number_is_reported_and_changes_nothing(bring):
    bring(table(row(1)))
    batch = bring(table(row(1, turns="客服：再见"), row(2)))
    assert (batch.published_rows, batch.conflict_rows) == (1, 1)
    assert problems(batch) == [
        (2, "external_id", "This number was delivered before with other content.")
    ]
    assert Contact.objects.get(external_id="C-1").turn_count == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "external_id"),
        ({"number": "2.02611E+17"}, "external_id"),
        ({"channel": "飞鸽"}, "channel"),
        ({"channel": ""}, "channel"),
        ({"direction": "斜"}, "direction"),
        ({"begun": "2026-02-30 10:00"}, "started_at"),
        ({"begun": "3026-01-01 10:00", "ended": ""}, "started_at"),
        ({"ended": "2026-11-20 09:00:00"}, "ended_at"),
        ({"turns": ""}, "turns"),
        ({"turns": "客服：\n客户："}, "turns"),
        ({"turns": "您好"}, "turns"),
        ({"turns": "客服：\x00您好"}, "turns"),
        ({"agent": "a\x00"}, "agent"),
    ],
)
def test_a_wrong_row_names_its_field_and_nothing_is_published(bring, changes, field):
    batch = bring(table(row(1), row(2, **changes)))
    assert batch.state == Batch.State.UNDECIDED
    assert [(number, name) for number, name, _text in problems(batch)] == [(3, field)]
    assert not published().exists()


def test_a_number_that_stands_twice_names_the_row_of_the_first(bring):
    batch = bring(table(row(1), row(2), row(1)))
    assert problems(batch) == [(4, "external_id", "This number stands in row 2 already.")]
    assert batch.good_rows == 2


def test_good_rows_are_published_when_somebody_says_so(bring, run_jobs, cast):
    batch = bring(table(row(1), row(2, channel="飞鸽")))
    accept_batch(batch, by=cast.quan)
    run_jobs()
    batch.refresh_from_db()
    assert batch.state == Batch.State.FINISHED
    assert list(published().values_list("external_id", flat=True)) == ["C-1"]
    assert batch.problems.count() == 1


def test_an_unknown_agent_is_no_problem_but_waits_to_be_matched(bring, cast):
    batch = bring(table(row(1, agent="4711")))
    assert batch.state == Batch.State.FINISHED
    assert [one["agent_reference"] for one in unknown_agents(cast.quan)] == ["4711"]


@pytest.mark.parametrize("word", ["电话", "热线", "PHONE", "语音"])
def test_usual_words_for_a_channel_are_understood(bring, word):
    bring(table(row(1, channel=word)))
    assert Contact.objects.get().channel.code == "phone"


def test_problems_hold_no_personal_data(bring):
    secret = "王小明13800002071"
    batch = bring(table(row(1, begun=secret, channel=secret, direction=secret, turns=secret)))
    assert len(problems(batch)) == 4
    stored = str(list(RowProblem.objects.values("field", "message", "params")))
    assert "1380" not in stored
    assert "王" not in stored


def test_a_file_that_breaks_off_is_refused_as_a_whole(bring):
    content = table(*(row(at) for at in range(2100))) + b'\nC-X,"open'
    batch = bring(content)
    assert batch.state == Batch.State.REFUSED
    assert batch.refusal == "A field is too long or a quotation mark is not closed."
    assert batch.error["row"] == 2102
    assert not StagedRow.objects.exists()
    assert not Contact.objects.exists()
    assert not StoredFile.objects.filter(purpose="import").exists()


def test_a_heading_alone_is_no_file_of_rows(bring):
    batch = bring(table())
    assert batch.refusal == "The file has no rows below its heading."


def json_row(number, **changes) -> str:
    record = {
        "external_id": f"J{number}",
        "channel": "chat",
        "direction": "in",
        "started_at": "2026-11-20 10:00:00",
        "meta": {"floor": 3},
        "turns": [{"role": "agent", "text": "您好"}],
        **changes,
    }
    return json.dumps(record)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"external_id": "J\ud800"}, "external_id"),
        ({"outcome": "a\x00b"}, "outcome"),
        ({"meta": {"k\ud800": 1}}, "meta"),
        ({"meta": {"k": "\x00"}}, "meta"),
        ({"meta": [1]}, "meta"),
        ({"turns": [{"role": "agent", "text": "\udfff"}]}, "turns"),
        ({"turns": [{"role": "agent", "text": "x", "start_ms": -1}]}, "turns"),
        ({"turns": [{"role": "agent", "text": "x", "start_ms": 1e300}]}, "turns"),
        ({"turns": [{"role": {"a": 1}, "text": "x"}]}, "turns"),
        ({"turns": ["x"]}, "turns"),
        ({"turns": 7}, "turns"),
        ({"turns": []}, "turns"),
        ({"turns": {"lines": 7}}, "turns"),
        ({"turns": [{"role": "agent", "text": "x" * 20_001}]}, "turns"),
        ({"turns": [{"role": "agent", "text": "x"}] * 5001}, "turns"),
        ({"agent": ["1002"] * 50}, "agent"),
        ({"started_at": {"year": 2026}}, "started_at"),
        ({"started_at": 1e20}, "started_at"),
        ({"hold_seconds": True}, "hold_seconds"),
        ({"ring_count": -1}, "ring_count"),
        ({"channel": 5}, "channel"),
    ],
)
def test_whatever_stands_in_json_a_wrong_row_is_only_a_problem(bring, changes, field):
    lines = "\n".join([json_row(1), json_row(2, **changes), json_row(3)]).encode()
    batch = bring(lines, name="a.jsonl")
    assert [(number, name) for number, name, _text in problems(batch)] == [(2, field)]
    assert batch.good_rows == 2


def test_what_no_field_takes_may_hold_anything(bring):
    turns = [{"role": "agent", "text": "您好", "mood": "\ud800", "words": [{"a": None}]}]
    line = json_row(1, turns=turns, secret="\x00", nested={"\ud800": [1]})
    batch = bring(line.encode(), name="a.jsonl")
    assert batch.state == Batch.State.FINISHED


def test_broken_lines_do_not_stop_the_others(bring, run_jobs, cast):
    lines = [json_row(1), "{broken", "[1]", '{"external_id": NaN}', json_row(5)]
    batch = bring("\n".join(lines).encode(), name="a.jsonl")
    assert [number for number, _field, _text in problems(batch)] == [2, 3, 4]
    accept_batch(batch, by=cast.quan)
    run_jobs()
    assert published().count() == 2


def test_more_problems_than_one_are_all_named(bring):
    wrong = row(1, number="x" * 121, channel="?", direction="?", begun="?", turns="?")
    batch = bring(table(wrong))
    assert sorted(name for _number, name, _text in problems(batch)) == [
        "channel", "direction", "external_id", "started_at", "turns",
    ]  # fmt: skip


CALLS = "流水号,渠道,呼叫方向,排队时间,振铃时间,应答时间,挂机时间,对话内容"
ABANDONED = "U-1,电话,呼入,2026-11-20 10:00:00,,,2026-11-20 10:00:40,"
UNTOLD = "U-2,电话,呼入,,,,2026-11-20 10:00:40,"


def test_a_call_that_nobody_answered_comes_from_a_table(bring):
    batch = bring("\n".join([CALLS, ABANDONED]).encode())
    assert (batch.state, batch.published_rows) == (Batch.State.FINISHED, 1)
    contact = published().get()
    assert (contact.turn_count, contact.answered_at, contact.waited_seconds) == (0, None, 40)


def test_a_call_of_which_nothing_is_known_does_not(bring):
    batch = bring("\n".join([CALLS, ABANDONED, UNTOLD]).encode())
    assert batch.state == Batch.State.UNDECIDED
    [(number, name, text)] = problems(batch)
    assert (number, name) == (3, "turns")
    assert "queued or rang" in text


def test_it_comes_from_a_table_of_one_row_a_turn(bring):
    lines = [
        "会话编号,渠道,呼叫方向,振铃时间,说话人,文本,发送时间",
        "C-1,电话,呼入,2026-11-20 10:00:00,坐席,您好,2026-11-20 10:00:05",
        "U-1,电话,呼入,2026-11-20 10:01:00,,,2026-11-20 10:01:30",
    ]
    batch = bring("\n".join(lines).encode())
    assert (batch.state, batch.published_rows) == (Batch.State.FINISHED, 2)
    assert published().get(external_id="U-1").turn_count == 0


def test_it_comes_from_json_lines(bring):
    lines = [
        json_row(1),
        json_row(2, channel="phone", queued_at="2026-11-20 10:00:00", turns=[]),
        json_row(3, channel="phone", ringing_at="2026-11-20 10:00:00", turns=None),
        json_row(4, channel="chat", queued_at="2026-11-20 10:00:00", turns=[]),
    ]
    batch = bring("\n".join(lines).encode(), name="a.jsonl")
    assert problems(batch) == [(4, "turns", "The conversation is empty: nobody says anything.")]
    assert batch.good_rows == 3
