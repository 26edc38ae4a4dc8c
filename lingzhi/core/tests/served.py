"""The whole program of a house, as `serve` runs it: asked from outside, and cut off."""

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from lingzhi.core.tests.house import House


def free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


class Site:
    def __init__(self, house: House) -> None:
        self.house = house
        self.port, self.live_port = free_ports()

    def start(self) -> subprocess.Popen[bytes]:
        ports = ("--port", str(self.port), "--live-port", str(self.live_port))
        self.process = self.house.start("serve", *ports)
        return self.process

    def status(self, path: str = "readyz", port: int | None = None) -> str:
        """The status it gives itself, `down` where nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port or self.port}/{path}") as answer:
                return json.load(answer)["status"]
        except (urllib.error.URLError, ConnectionError):
            return "down"

    def lines(self) -> list[dict]:
        return [json.loads(line) for line in self.house.log().splitlines()]

    def pid_of(self, child: str) -> int:
        started = [row for row in self.lines() if row["event"] == "child.started"]
        return next(row["pid"] for row in reversed(started) if row["child"] == child)

    def pids(self) -> set[int]:
        return {row["pid"] for row in self.lines() if row["event"] == "child.started"}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut_power(self) -> None:
        """SIGKILL for the supervisor and everything it started, all at once."""
        tree = {self.process.pid}
        while more := {pid for pid, parent in _parents().items() if parent in tree} - tree:
            tree |= more
        for pid in tree:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _parents() -> dict[int, int]:
    """The parent of every process of this machine."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found[int(path.parent.name)] = int(fields[1])
    return found
