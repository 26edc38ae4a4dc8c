import json
import time

import pytest

from lingzhi.core import live
from lingzhi.core.live import Log, Tail


class Rows:
    """Stands for the database: states by key, and how often it was asked."""

    def __init__(self, **states):
        self.states = {int(key[1:]): state for key, state in states.items()}
        self.asked = 0

    def read(self, keys):
        self.asked += 1
        return {key: dict(self.states[key]) for key in keys if key in self.states}


@pytest.fixture(autouse=True)
def _quick(monkeypatch, settings) -> None:
    monkeypatch.setattr(live, "READ_SECONDS", 0.01)
    monkeypatch.setattr(live, "ALLOW_SECONDS", 0.05)
    monkeypatch.setattr(live, "SILENCE_SECONDS", 0.2)
    monkeypatch.setattr(live.connection, "close", lambda: None)
    monkeypatch.setattr(live, "open_streams", set())
    settings.LIVE_STREAMS = 3


def events(answer):
    return iter(answer.streaming_content)


def leave(answer):
    """What the server does when the reader is gone."""
    [close] = answer._resource_closers
    close()


def data(event):
    return json.loads(event.decode().removeprefix("data: "))


def test_a_page_is_told_each_change_once_until_the_end():
    rows = Rows(k1={"done": 0})
    stream = events(Tail(rows.read).answer(1, lambda: True))
    assert data(next(stream)) == {"done": 0}
    rows.states[1] = {"done": 5}
    assert data(next(stream)) == {"done": 5}
    rows.states[1] = {"done": 9, "is_finished": True}
    assert data(next(stream)) == {"done": 9, "is_finished": True}
    assert list(stream) == []


def test_silence_is_filled_so_that_a_reader_who_left_is_noticed():
    stream = events(Tail(Rows(k1={"done": 0}).read).answer(1, lambda: True))
    next(stream)
    assert next(stream) == b": still here\n\n"


def test_all_pages_together_ask_once():
    rows = Rows(k1={"done": 0}, k2={"done": 3})
    tail = Tail(rows.read)
    streams = [events(tail.answer(key, lambda: True)) for key in (1, 1, 2)]
    assert [data(next(stream))["done"] for stream in streams] == [0, 0, 3]
    before = rows.asked
    time.sleep(0.1)
    assert rows.asked - before <= 12


def test_who_loses_the_right_is_cut_off():
    rows, rights = Rows(k1={"done": 0}), [True]
    stream = events(Tail(rows.read).answer(1, lambda: rights[0]))
    next(stream)
    rights[0] = False
    assert list(stream) == []


def test_a_row_that_is_gone_ends_the_stream():
    rows = Rows(k1={"done": 0})
    stream = events(Tail(rows.read).answer(1, lambda: True))
    next(stream)
    del rows.states[1]
    assert list(stream) == []


def test_more_streams_than_threads_are_sent_away_until_one_leaves():
    tail = Tail(Rows(k1={"done": 0}).read)
    answers = [tail.answer(1, lambda: True) for _ in range(3)]
    refused = tail.answer(1, lambda: True)
    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    leave(answers[0])
    assert tail.answer(1, lambda: True).status_code == 200


def test_the_reading_thread_ends_with_the_last_page():
    tail = Tail(Rows(k1={"done": 0}).read)
    answer = tail.answer(1, lambda: True)
    next(events(answer))
    leave(answer)
    deadline = time.monotonic() + 2
    while tail._is_running:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert data(next(events(tail.answer(1, lambda: True)))) == {"done": 0}


def test_a_log_goes_on_where_each_reader_left_off():
    said = [(number, {"n": number}) for number in range(1, 4)]
    asked = []

    def read(positions):
        asked.append(dict(positions))
        return {1: ({"open": True}, [one for one in said if one[0] > positions[1]])}

    log = Log(read, every=0.01)
    ahead, behind = (events(log.answer(1, lambda: True, at)) for at in (2, 0))
    assert next(ahead) == b'id: 3\nevent: said\ndata: {"n": 3}\n\n'
    assert [next(behind)[:5] for _ in said] == [b"id: 1", b"id: 2", b"id: 3"]
    assert data(next(behind)) == {"open": True}
    assert data(next(ahead)) == {"open": True}
    said.append((4, {"n": 4}))
    assert [next(stream)[:5] for stream in (ahead, behind)] == [b"id: 4"] * 2
    assert asked[-1] == {1: 4} or asked[-1] == {1: 3}
