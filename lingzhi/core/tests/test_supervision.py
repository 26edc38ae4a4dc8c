"""Children are started again, and a child that cannot live ends its parent."""

import signal
import sys
import threading

import pytest

from lingzhi.core import supervision
from lingzhi.core.supervision import Child, Supervisor

pytestmark = pytest.mark.processes


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    """Short pauses, and the test runner's own signal handlers afterwards."""
    monkeypatch.setattr(supervision, "LONGEST_PAUSE_SECONDS", 1.05)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_child_that_cannot_live_is_fatal():
    deaths = []
    child = Child("broken", python("raise SystemExit(3)"))
    supervisor = Supervisor([child], on_death=lambda _child, code: deaths.append(code))
    assert supervisor.run() == 1
    assert deaths == [3] * supervision.QUICK_DEATHS


def test_a_child_that_does_not_stop_is_killed():
    deaf = python("import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)")
    child = Child("deaf", deaf)
    supervisor = Supervisor([child], grace_seconds=0.5)
    threading.Timer(2, supervisor.stopping.set).start()
    assert supervisor.run() == 0
    assert child.popen.returncode == -signal.SIGKILL


def test_it_beats_while_its_children_live():
    beats = []
    supervisor = Supervisor(
        [Child("quiet", python("import time; time.sleep(60)"))],
        on_beat=lambda: beats.append(1),
        beat_seconds=0.3,
    )
    threading.Timer(2, supervisor.stopping.set).start()
    assert supervisor.run() == 0
    assert 3 <= len(beats) <= 8
