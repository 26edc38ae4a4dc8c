"""What phone systems write is read event by event; what says nothing is named."""

import json
from datetime import timedelta, timezone

import pytest

from lingzhi.contacts.phone.asterisk_cdr import read_asterisk_cdr
from lingzhi.contacts.phone.freeswitch import (
    read_freeswitch_csv,
    read_freeswitch_events,
    read_freeswitch_json,
)
from lingzhi.contacts.phone.queue_log import EVENTS, read_queue_log
from lingzhi.contacts.phone.told import KINDS, OF_AGENTS, Told, Unreadable, agent_of

CHINA = timezone(timedelta(hours=8))


def told(reader, text, *more):
    return [one for _number, one in reader(text.strip().splitlines(), *more)]


def test_a_queue_log_line_by_line():
    found = told(
        read_queue_log,
        """
1700000000|NONE|NONE|NONE|QUEUESTART|
1700000001|c1|sales|NONE|ENTERQUEUE||13800002071|1
1700000009|c1|sales|PJSIP/8003-0000001a|RINGNOANSWER|6000
1700000015|c1|sales|Local/8002@agents/n|CONNECT|14|c2|4
1700000075|c1|sales|Local/8002@agents/n|COMPLETECALLER|14|60|1
1700000080|NONE|NONE|Agent/8002|PAUSEALL|午休
hello
1700000081|c1|sales|NONE|DANCED|
""",
    )
    kinds = [one.kind if isinstance(one, Told) else one.why for one in found]
    assert kinds == [
        "queued", "no_answer", "answer", "hangup", "state", "too_short", "unknown_event",
    ]  # fmt: skip
    assert (found[0].number, found[0].agent) == ("13800002071", "")
    assert (found[1].agent, found[1].facts) == ("8003", {"rang": 6})
    assert found[2].facts == {"waited": 14, "rang": 4, "line": "c2"}
    assert found[3].facts == {"by": "customer", "talked": 60}
    assert (found[4].call, found[4].facts["reason"]) == ("", "午休")


def test_every_event_of_the_queue_log_is_one_of_ours():
    for name in EVENTS:
        (one,) = told(read_queue_log, f"1700000000|c1|sales|8002|{name}|1|2|3|4|5")
        assert one.kind in KINDS + OF_AGENTS


def test_a_ring_time_in_milliseconds_is_noticed():
    (one,) = told(read_queue_log, "1700000015|c1|sales|8002|CONNECT|14|c2|4000")
    assert one.facts["rang"] == 4


def test_the_same_line_is_the_same_event_and_it_survives_a_file():
    line = "1700000001|c1|sales|NONE|ENTERQUEUE||13800002071|1"
    first, again = told(read_queue_log, f"{line}\n{line}")
    assert first == again == Told.from_record(json.loads(json.dumps(first.as_record())))


def test_asterisk_s_detail_records():
    row = (
        '"","13800002071","4000","queue","""A"" <138>","PJSIP/trunk-1","PJSIP/8002-2","Queue",'
        '"sales,t","2026-11-20 10:00:00","2026-11-20 10:00:09","2026-11-20 10:01:09",69,60,'
        '"ANSWERED","DOCUMENTATION","1700000000.1",""'
    )
    one, bad = told(read_asterisk_cdr, f"{row}\na,b,c", CHINA)
    assert (one.call, one.agent, one.queue, one.number) == (
        "1700000000.1", "8002", "sales", "13800002071",
    )  # fmt: skip
    assert one.at.isoformat() == "2026-11-20T02:00:00+00:00"
    assert (one.facts["billed"], one.facts["result"]) == (60, "answered")
    assert bad == Unreadable("no_call")


def test_freeswitch_s_detail_records():
    row = (
        '"A","13800002071","4000","public","2026-11-20 10:00:00","2026-11-20 10:00:09",'
        '"2026-11-20 10:01:09","69","60","NORMAL_CLEARING","u1","u2","","PCMA","PCMA"'
    )
    (one,) = told(read_freeswitch_csv, row, CHINA)
    assert (one.call, one.number, one.facts["billed"]) == ("u1", "13800002071", 60)
    record = {
        "variables": {
            "uuid": "u1", "direction": "inbound", "caller_id_number": "13800002071",
            "start_epoch": "1700000000", "cc_queue_joined_epoch": "1700000002",
            "cc_queue_answered_epoch": "1700000010", "end_epoch": "1700000070",
            "cc_agent": "8002", "cc_queue": "sales", "sip_hangup_disposition": "recv_bye",
            "hold_accum_seconds": "5",
        }
    }  # fmt: skip
    found = told(read_freeswitch_json, json.dumps(record))
    assert [one.kind for one in found] == ["start", "queued", "answer", "hangup"]
    assert found[-1].facts == {"by": "customer", "hold": 5}
    assert told(read_freeswitch_json, "{}\n[]")[-1] == Unreadable("no_json")


def test_freeswitch_s_events_as_text_and_as_json():
    text = """
Event-Name: CUSTOM
Event-Subclass: callcenter%3A%3Ainfo
Event-Date-Timestamp: 1700000002000000
CC-Action: member-queue-start
CC-Queue: sales%40default
CC-Member-Session-UUID: u1
CC-Member-CID-Number: 13800002071

Event-Name: HEARTBEAT
Event-Date-Timestamp: 1700000003000000
"""
    ended = {
        "Event-Name": "CUSTOM", "Event-Subclass": "callcenter::info",
        "Event-Date-Timestamp": "1700000020000000", "CC-Action": "member-queue-end",
        "CC-Cause": "Cancel", "CC-Cancel-Reason": "BREAK_OUT", "CC-Member-Session-UUID": "u1",
    }  # fmt: skip
    (entered,) = told(read_freeswitch_events, text)
    assert (entered.kind, entered.call, entered.queue) == ("queued", "u1", "sales")
    (left,) = told(read_freeswitch_events, json.dumps(ended))
    assert (left.kind, left.facts) == ("left", {"reason": "abandoned"})


@pytest.mark.parametrize(
    ("line", "agent"),
    [
        ("PJSIP/8002-0000001a", "8002"),
        ("Local/8002@from-queue/n", "8002"),
        ("Agent/8002", "8002"),
        ("8002", "8002"),
        ("张 三", "张 三"),
        ("NONE", ""),
    ],
)
def test_the_line_of_an_agent_names_the_agent(line, agent):
    assert agent_of(line) == agent
