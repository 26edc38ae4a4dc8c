"""The recorded morning: made again byte for byte, and every system tells the same of it."""

import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from lingzhi.contacts.feeding.calls import read_told
from lingzhi.contacts.phone.asterisk_cdr import read_asterisk_cdr
from lingzhi.contacts.phone.freeswitch import read_freeswitch_events, read_freeswitch_json
from lingzhi.contacts.phone.joining import join
from lingzhi.contacts.phone.queue_log import read_queue_log
from lingzhi.contacts.phone.told import Told
from lingzhi.demo.phone import stories, write

FOLDER = Path(settings.BASE_DIR) / "data" / "phone"


def accounts(found):
    by_call = {}
    for one in found:
        assert isinstance(one, Told), one
        if one.call:
            by_call.setdefault(one.call, []).append(one)
    return {call: join(several) for call, several in by_call.items()}


def of_file(name, read):
    with (FOLDER / name).open(encoding="utf-8") as lines:
        return accounts(one for _number, one in read(lines))


def test_the_files_are_made_again_byte_for_byte(tmp_path):
    write(tmp_path)
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (FOLDER / path.name).read_bytes(), path.name


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("queue_log", read_queue_log),
        ("freeswitch_cdr.jsonl", read_freeswitch_json),
        ("freeswitch_events.txt", read_freeswitch_events),
    ],
)
def test_each_system_tells_the_same_calls(name, read):
    data = json.loads((FOLDER / "webhook.json").read_text("utf-8"))
    neutral, theirs = accounts(map(read_told, data["events"])), of_file(name, read)
    traps = {one.call for one in stories() if one.trap in {"nowhere", "endless"}}
    assert theirs.keys() == neutral.keys()
    for call in neutral.keys() - traps:
        told, expected = theirs[call], neutral[call]
        for fact in ("agent", "queue", "number", "queued_at", "answered_at", "ended_at", "left"):
            assert getattr(told, fact) == getattr(expected, fact), (call, fact)
        assert told.ended_by == expected.ended_by


def test_what_does_not_add_up_is_doubted():
    with (FOLDER / "queue_log").open(encoding="utf-8") as log:
        found = [one for _number, one in read_queue_log(log)]
    zone = ZoneInfo("Asia/Shanghai")
    with (FOLDER / "asterisk_cdr.csv").open(encoding="utf-8", newline="") as rows:
        found += [one for _number, one in read_asterisk_cdr(rows, zone)]
    doubts = {call: {one.kind for one in account.doubts} for call, account in
              accounts(found).items() if account.doubts}  # fmt: skip
    by_trap = {one.trap: doubts.get(one.call, set()) for one in stories() if one.trap}
    assert "overlap" in by_trap["untold_transfer"]
    assert "no_target" in by_trap["nowhere"]
    assert len(doubts) <= 3
