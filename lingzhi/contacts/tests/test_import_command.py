"""`manage.py import_contacts`, with the examples of the guide."""

import io
import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from lingzhi.contacts.delivery import FIELDS
from lingzhi.contacts.intake import KIND, TURN_FIELDS
from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.queries import published
from lingzhi.files.models import StoredFile
from lingzhi.imports.models import Batch, StagedRow
from lingzhi.imports.samples import propose
from lingzhi.imports.services import file_path, receive_file, staging, start_batch

GUIDE = Path(settings.BASE_DIR) / "docs" / "guide" / "import.md"
HEADING = "编号,渠道,对话内容\n"


def example(name: str) -> str:
    found = re.search(rf"^```json {name}\n(.+?)^```", GUIDE.read_text(), re.M | re.S)
    assert found, name
    return found[1]


def run(path, *arguments, source="pbx") -> str:
    out = io.StringIO()
    call_command(
        "import_contacts", str(path), "--source", source, *arguments, stdout=out, stderr=out
    )
    return out.getvalue()


@pytest.fixture
def csv(tmp_path):
    def write(*rows: str) -> Path:
        path = tmp_path / "calls.csv"
        path.write_text(HEADING + "\n".join(rows))
        return path

    return write


def test_the_guide_s_call_that_nobody_answered_is_taken(cast, tmp_path):
    path = tmp_path / "calls.jsonl"
    path.write_text(example("unanswered"))
    assert run(path).startswith("1 read, 1 new")
    assert published().get().is_unanswered


def test_the_guide_names_every_field():
    text = GUIDE.read_text()
    assert [one.name for one in (*FIELDS, *TURN_FIELDS) if f"`{one.name}`" not in text] == []


def test_the_guide_s_transcript_is_read_by_its_mapping(cast, tmp_path):
    (tmp_path / "asr.jsonl").write_text(example("asr"))
    (tmp_path / "mapping.json").write_text(example("mapping"))
    run(tmp_path / "asr.jsonl", "--mapping", str(tmp_path / "mapping.json"), source="asr")
    contact = published().get(external_id="T-1001")
    assert (contact.channel.code, contact.direction, contact.agent) == ("phone", "in", cast.bo)
    assert contact.customer.identifiers.get().masked == "138****2071"
    turns = contact.turns.values_list("role", "start_ms", "end_ms", "text")
    assert list(turns) == [
        ("agent", 400, 2800, "您好请问有什么可以帮您"),
        ("customer", 3200, 4900, "我要退款"),
    ]
    assert contact.ended_at is None


def test_the_page_would_make_nearly_the_same_mapping(cast, tmp_path):
    (tmp_path / "asr.jsonl").write_text(example("asr"))
    with pytest.raises(CommandError):
        run(tmp_path / "asr.jsonl", "--default", "channel=phone", source="asr")
    assert Batch.objects.get().columns == json.loads(example("mapping"))["columns"]
    assert Batch.objects.get().options["unit"] == "s"


@pytest.mark.slow
def test_crosswoz_comes_in_whole(db):
    folder = Path(settings.BASE_DIR) / "data" / "crosswoz"
    for name, turns in (("val", 8458), ("test", 8476)):
        before = Turn.objects.count()
        said = run(folder / f"{name}.json.zip", "--adapter", "crosswoz", source="crosswoz")
        assert said == "500 read, 500 new, 0 known, 0 with problems\n"
        assert Turn.objects.count() - before == turns
    assert published().count() == 1000
    assert not published().exclude(started_at=None, channel__code="chat").exists()
    again = run(folder / "val.json.zip", "--adapter", "crosswoz", source="crosswoz")
    assert again == "500 read, 0 new, 500 known, 0 with problems\n"


def test_nothing_of_the_file_is_left(db, csv):
    run(csv("1,电话,客服：您好"))
    assert not StoredFile.objects.exists()
    assert not StagedRow.objects.exists()


def test_a_problem_stops_it_and_is_named(db, csv, capsys):
    with pytest.raises(CommandError, match="nothing is published"):
        run(csv("1,电话,客服：您好", "2,飞鸽,客服：您好"))
    assert not published().exists()


def test_the_good_rows_are_published_where_that_is_said(db, csv):
    path = csv("1,电话,客服：您好", "2,飞鸽,客服：您好")
    with pytest.raises(CommandError):
        run(path)
    assert "1 new" in run(path, "--skip-bad")
    assert published().count() == 1
    assert Batch.objects.count() == 1


def test_it_goes_on_with_what_it_began(db, csv, monkeypatch):
    path = csv(*(f"{number},电话,客服：您好" for number in range(30)))
    monkeypatch.setattr(staging, "GROUP", 10)
    groups = iter(range(2))

    def die_after_two(run):
        next(groups)  # StopIteration stands for the kill
        return False

    with monkeypatch.context() as killing:
        killing.setattr(staging, "is_stopped", die_after_two)
        with pytest.raises(RuntimeError):
            run_until_killed(path)
    assert Batch.objects.get().staged_rows == 20
    assert run(path) == "30 read, 30 new, 0 known, 0 with problems\n"
    assert Batch.objects.count() == 1
    assert Contact.objects.count() == 30


def run_until_killed(path):
    try:
        run(path)
    except StopIteration as killed:
        raise RuntimeError from killed


def test_a_value_for_all_is_given(db, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("编号,对话内容\n1,客服：您好\n")
    run(path, "--default", "channel=sms")
    assert Contact.objects.get().channel.code == "sms"


@pytest.mark.parametrize("content", [b"", b"\x89PNG" + bytes(range(256)) * 9, b"PK\x03\x04x"])
def test_what_cannot_be_read_is_an_error_in_words(db, tmp_path, content):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        run(path)
    assert not Batch.objects.exists()


def test_a_missing_file_is_an_error_in_words(db, tmp_path):
    with pytest.raises(CommandError):
        run(tmp_path / "none.csv")


def test_the_same_file_by_browser_and_command_comes_in_once(cast, csv, run_jobs):
    path = csv("1,电话,客服：您好", "2,电话,客服：您好")
    with path.open("rb") as file:
        batch = receive_file(KIND, file, name="calls.csv", source="pbx", by=cast.quan)
    found = propose(KIND, file_path(batch), batch.options, None)
    start_batch(batch, columns=found.columns, options=found.options, by=cast.quan)
    assert run(path).startswith("2 read, 2 new")
    run_jobs()
    batch.refresh_from_db()
    assert (batch.published_rows, batch.known_rows) == (0, 2)
    assert published().count() == 2
