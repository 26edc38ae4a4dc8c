"""Legs are joined to calls whatever the order; what does not add up is doubted, not guessed."""

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from lingzhi.contacts.phone.asterisk_cdr import read_asterisk_cdr
from lingzhi.contacts.phone.joining import join
from lingzhi.contacts.phone.presence import spans
from lingzhi.contacts.phone.queue_log import read_queue_log
from lingzhi.contacts.phone.told import KINDS, Told, key_of

BEGIN = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)  # 1700000000
QUEUED = "1700000001|c1|sales|NONE|ENTERQUEUE||13800002071|1"
ANSWERED = "1700000011|c1|sales|8002|CONNECT|10|c2|4"
ENDED = "1700000071|c1|sales|8002|COMPLETEAGENT|10|60|1"


def of_log(*lines):
    return [one for _number, one in read_queue_log(lines)]


def kinds(account):
    return [one.kind for one in account.doubts]


def test_a_call_that_was_answered():
    account = join(of_log(QUEUED, ANSWERED, ENDED))
    assert (account.agent, account.queue, account.number) == ("8002", "sales", "13800002071")
    assert account.answered_at - account.queued_at == timedelta(seconds=10)
    assert account.answered_at - account.ringing_at == timedelta(seconds=4)
    assert account.ended_at - account.answered_at == timedelta(seconds=60)
    assert (account.ended_by, account.doubts, account.held) == ("agent", [], None)


def test_a_call_that_was_given_up():
    account = join(of_log(QUEUED, "1700000031|c1|sales|NONE|ABANDON|1|1|30"))
    assert (account.left, account.ended_by, account.answered_at) == ("abandoned", "customer", None)
    assert account.ended_at - account.queued_at == timedelta(seconds=30)


def test_from_one_queue_into_another():
    account = join(
        of_log(
            QUEUED,
            "1700000031|c1|sales|NONE|EXITWITHTIMEOUT|1|1|30",
            "1700000031|c1|overflow|NONE|ENTERQUEUE||13800002071|1",
            "1700000041|c1|overflow|8003|CONNECT|10|c3|2",
            "1700000051|c1|overflow|8003|COMPLETECALLER|10|10|1",
        )
    )
    assert (account.queues, account.left, account.doubts) == (["sales", "overflow"], "", [])
    assert account.answered_at - account.queued_at == timedelta(seconds=40)


def test_a_queue_that_gave_the_call_up_did_not_lose_it_to_the_customer():
    account = join(of_log(QUEUED, "1700000031|c1|sales|NONE|EXITEMPTY|1|1|30"))
    assert (account.left, account.ended_by) == ("no_agents", "system")


def test_a_transfer_ends_the_part_of_the_first():
    account = join(
        of_log(QUEUED, ANSWERED, "1700000041|c1|sales|8002|BLINDTRANSFER|8009|i|10|30|1")
    )
    assert (account.transfers, kinds(account)) == (1, ["after_transfer"])
    assert account.legs[0].ended_at - account.legs[0].answered_at == timedelta(seconds=30)
    nowhere = join(of_log(QUEUED, ANSWERED, "1700000041|c1|sales|8002|BLINDTRANSFER||i|10|30|1"))
    assert "no_target" in kinds(nowhere)


def test_a_transfer_that_was_never_told_shows_in_the_detail_records():
    """With lines of the kind Local the queue counts the talk of the second as the first's."""
    row = (
        '"","13800002071","8003","q","","L/1","PJSIP/8003-2","Dial","","2023-11-14 22:13:40",'
        '"2023-11-14 22:13:42","2023-11-14 22:14:31",51,49,"ANSWERED","","c1",""'
    )
    cdr = [one for _number, one in read_asterisk_cdr([row])]
    account = join([*of_log(QUEUED, ANSWERED, ENDED), *cdr])
    assert kinds(account) == ["overlap"]
    assert account.doubts[0].detail == "8002 + 8003"


def test_the_end_of_a_talk_that_never_began_and_an_end_that_never_came():
    assert kinds(join(of_log(QUEUED, ENDED))) == ["no_answer_told"]
    assert kinds(join(of_log(QUEUED, ANSWERED))) == ["no_end"]
    assert kinds(join(of_log(ANSWERED, ENDED))) == ["no_entry"]


def test_a_talk_that_lasted_longer_than_was_told():
    late = "1700000171|c1|sales|8002|COMPLETEAGENT|10|60|1"
    assert kinds(join(of_log(QUEUED, ANSWERED, late))) == ["talk_differs"]


def test_detail_records_alone_make_a_call():
    row = (
        '"","13800002071","4000","q","","P/1","PJSIP/8002-2","Queue","sales","2026-11-20 10:00:00",'
        '"2026-11-20 10:00:09","2026-11-20 10:01:09",69,60,"{}","","c1",""'
    )
    ((_n, taken),) = read_asterisk_cdr([row.format("ANSWERED")])
    ((_n, missed),) = read_asterisk_cdr(
        [row.format("NO ANSWER").replace("2026-11-20 10:00:09", "")]
    )
    account = join([taken])
    assert account.ended_at - account.answered_at == timedelta(seconds=60)
    assert (account.agent, account.ended_by, account.transfers) == ("8002", "", None)
    assert join([missed]).answered_at is None
    assert join([missed]).is_offered


def test_a_machine_that_answered_is_no_agent():
    row = (
        '"","13800002071","4000","ivr","","P/1","","BackGround","menu","2026-11-20 10:00:00",'
        '"2026-11-20 10:00:01","2026-11-20 10:00:09",9,8,"ANSWERED","","c1",""'
    )
    ((_n, one),) = read_asterisk_cdr([row])
    assert not join([one]).is_offered


TOLD = st.lists(
    st.builds(
        lambda kind, second, agent, value: Told(
            "c1", kind, BEGIN + timedelta(seconds=second), key_of(kind, second, agent, value),
            agent, facts={"talked": value, "waited": value, "rang": value, "by": "agent"},
        ),
        st.sampled_from([kind for kind in KINDS if kind != "record"]),
        st.integers(0, 60), st.sampled_from(["8002", "8003"]), st.integers(0, 60),
    ),
    min_size=1, max_size=10,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(TOLD, st.randoms())
def test_order_and_repetition_make_no_difference(told: list[Told], chance: random.Random):
    again = [*told, *told[: len(told) // 2]]
    chance.shuffle(again)
    account = join(told)
    assert join(again) == account
    times = [account.queued_at, account.ringing_at, account.answered_at, account.ended_at]
    known = [at for at in times if at]
    assert known == sorted(known)
    assert account.held is None or account.held >= timedelta()


def of_agent(*told):
    return spans(of_log(*told))


def test_a_second_break_without_an_end_of_the_first_ends_it():
    found, doubts = of_agent(
        "1700000000|NONE|sales|8002|ADDMEMBER|",
        "1700000010|NONE|sales|8002|PAUSE|午休",
        "1700000020|NONE|sales|8002|PAUSE|培训",
        "1700000030|NONE|sales|8002|UNPAUSE|",
        "1700000040|NONE|sales|8002|REMOVEMEMBER|",
    )
    assert [(one.state, one.reason) for one in found] == [
        ("ready", ""), ("on_break", "午休"), ("on_break", "培训"), ("ready", ""),
        ("signed_out", ""),
    ]  # fmt: skip
    assert [one.kind for one in doubts] == ["paused_twice"]
    assert found[1].until == found[2].since
    assert found[-1].until is None


def test_who_never_signs_in_is_there_from_the_first_call():
    found, doubts = of_agent(ANSWERED, ENDED, "1700000090|NONE|sales|8002|UNPAUSE|")
    assert [one.state for one in found] == ["busy", "ready"]
    assert [one.kind for one in doubts] == ["not_paused"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 50),
            st.sampled_from(["PAUSE|a", "PAUSE|b", "UNPAUSE|", "ADDMEMBER|", "REMOVEMEMBER|"]),
            st.sampled_from(["q1", "q2"]),
        ),
        min_size=1, max_size=12,
    )
)  # fmt: skip
def test_states_follow_each_other_without_gap(told):
    lines = [f"{1700000000 + at}|NONE|{queue}|8002|{what}" for at, what, queue in told]
    found, _doubts = of_agent(*lines)
    assert found[-1].until is None
    for one, after in pairwise(found):
        assert one.since < one.until == after.since
        assert (one.state, one.reason) != (after.state, after.reason)
