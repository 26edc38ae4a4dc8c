"""Keeping child processes alive, and ending them with their parent.

A parent holds the writing end of a pipe that is each child's standard input: when the parent is
gone, however it died, the child reads the end of the file and stops itself.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import structlog

log = structlog.get_logger("lingzhi.supervision")
MANAGE = Path(__file__).resolve().parents[2] / "manage.py"
SUPERVISED = "LINGZHI_SUPERVISED"
GRACE_SECONDS = 25.0
QUICK_SECONDS = 10.0
QUICK_DEATHS = 5
LONGEST_PAUSE_SECONDS = 30.0


def manage(*arguments: str) -> list[str]:
    """The command line of one of our own commands."""
    return [sys.executable, str(MANAGE), *arguments]


@dataclass(slots=True)
class Child:
    """A command that is kept running. `quick_deaths` counts ends soon after a start."""

    name: str
    command: Sequence[str]
    popen: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    restart_at: float = 0.0
    quick_deaths: int = 0

    @property
    def is_alive(self) -> bool:
        return self.popen is not None and self.popen.poll() is None

    def start(self) -> None:
        """Start the command in a session of its own: a terminal's Ctrl-C reaches only us."""
        self.started = time.monotonic()
        self.popen = subprocess.Popen(  # noqa: S603  fixed argument lists of our own commands
            self.command,
            stdin=subprocess.PIPE,
            env={**os.environ, SUPERVISED: "1"},
            start_new_session=True,
        )
        log.info("child.started", child=self.name, pid=self.popen.pid)

    def signal(self, number: int) -> None:
        if self.popen is not None and self.is_alive:
            self.popen.send_signal(number)


@dataclass(slots=True)
class Supervisor:
    """Starts children, starts them again when they die, stops them all on SIGTERM or SIGINT.

    `on_start` and `on_death` are told about each child; `on_beat` is called every `beat_seconds`.
    A child that dies `QUICK_DEATHS` times in a row soon after its start is fatal: `run` returns 1.
    """

    children: list[Child]
    on_start: Callable[[Child], None] = lambda child: None
    on_death: Callable[[Child, int], None] = lambda child, code: None
    on_beat: Callable[[], None] = lambda: None
    beat_seconds: float = 5.0
    grace_seconds: float = GRACE_SECONDS
    stopping: threading.Event = field(default_factory=threading.Event)

    def run(self) -> int:
        """Until asked to stop (0) or a child cannot live (1)."""
        stop_on_signals(self.stopping)
        end_with_parent()
        code, next_beat = 0, 0.0
        while not self.stopping.is_set() and code == 0:
            if any(self._is_hopeless(child) for child in self.children):
                code = 1
            elif time.monotonic() >= next_beat:
                self.on_beat()
                next_beat = time.monotonic() + self.beat_seconds
            self.stopping.wait(0.2)
        self._stop_all()
        return code

    def _is_hopeless(self, child: Child) -> bool:
        """Look after one child; True when it died too often."""
        if child.is_alive:
            return False
        if child.popen is not None:
            self._mourn(child)
        if child.quick_deaths >= QUICK_DEATHS:
            log.critical("child.hopeless", child=child.name)
            return True
        if time.monotonic() >= child.restart_at:
            self.on_start(child)
            child.start()
        return False

    def _mourn(self, child: Child) -> None:
        if child.popen is None:
            return
        code = child.popen.returncode
        is_quick = time.monotonic() - child.started < QUICK_SECONDS
        child.quick_deaths = child.quick_deaths + 1 if is_quick else 0
        pause = min(2.0**child.quick_deaths, LONGEST_PAUSE_SECONDS) - 1 if is_quick else 0.0
        child.restart_at = time.monotonic() + pause
        child.popen = None
        log.error("child.died", child=child.name, code=code, pause=pause)
        self.on_death(child, code)

    def _stop_all(self) -> None:
        """SIGTERM to all, SIGKILL to those that do not end within the grace."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + self.grace_seconds
        while any(child.is_alive for child in self.children) and time.monotonic() < deadline:
            time.sleep(0.05)
        for child in self.children:
            if child.is_alive:
                log.warning("child.killed", child=child.name)
                child.signal(signal.SIGKILL)
            if child.popen is not None:
                child.popen.wait()
                log.info("child.stopped", child=child.name, code=child.popen.returncode)


def stop_on_signals(stopping: threading.Event) -> None:
    """Let SIGTERM and SIGINT ask for an orderly stop."""

    def ask(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)


def end_with_parent(grace_seconds: float = GRACE_SECONDS) -> None:
    """In a supervised process: stop when the parent is gone, by force after the grace."""
    if os.environ.get(SUPERVISED) != "1":
        return

    def watch() -> None:
        while os.read(0, 1024):
            continue
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(grace_seconds)
        os._exit(1)

    threading.Thread(target=watch, name="end-with-parent", daemon=True).start()
