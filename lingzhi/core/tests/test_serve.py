"""The whole program as real processes: it answers, heals, and ends with nothing left behind."""

import json
import os
import signal
import socket
import urllib.error
import urllib.request

import pytest

pytestmark = [pytest.mark.processes, pytest.mark.slow]


def free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as two:
        one.bind(("127.0.0.1", 0))
        two.bind(("127.0.0.1", 0))
        return one.getsockname()[1], two.getsockname()[1]


class Site:
    def __init__(self, house):
        self.house = house
        self.port, self.live_port = free_ports()

    def start(self):
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


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def site(house, until) -> Site:
    site = Site(house)
    site.start()
    until(lambda: site.status() == "ready", 60)
    return site


def test_killed_parts_come_back_and_a_stop_is_orderly(site, until, kill):
    assert site.status("healthz", site.live_port) == "up"
    for child in ("web", "worker", "worker-short", "scheduler", "live"):
        before = site.pid_of(child)
        kill(before)
        until(lambda child=child, before=before: site.pid_of(child) != before)
    until(lambda: site.status() == "ready")
    until(lambda: site.status("healthz", site.live_port) == "up")
    site.process.send_signal(signal.SIGTERM)
    assert site.process.wait(40) == 0
    until(lambda: not any(map(is_running, site.pids())), 5)
    assert site.status("healthz") == site.status("healthz", site.live_port) == "down"
    assert site.lines()[-1]["event"] == "stopped"


def test_nothing_outlives_a_killed_parent(site, until, kill):
    pids = site.pids()
    kill(site.process.pid)
    until(lambda: not any(map(is_running, pids)), 40)
    until(lambda: site.status("healthz") == "down", 10)


def test_a_port_that_is_taken_ends_it_at_once(house):
    site = Site(house)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", site.port))
        taken.listen()
        assert site.start().wait(30) == 1
    [line] = site.lines()
    assert (line["event"], line["level"]) == ("fatal", "critical")
    assert str(site.port) in line["reason"]


def test_tables_of_another_version_end_it_at_once(house):
    house.run("migrate", "jobs", "zero", "-v0")
    site = Site(house)
    assert site.start().wait(30) == 1
    assert "migrate" in site.lines()[-1]["reason"]
