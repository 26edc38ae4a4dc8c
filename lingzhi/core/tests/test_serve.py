"""The whole program as real processes: it answers, heals, and ends with nothing left behind."""

import signal
import socket

import pytest

from lingzhi.core.tests.served import Site, is_running

pytestmark = [pytest.mark.processes, pytest.mark.slow]


@pytest.fixture
def site(house, until) -> Site:
    site = Site(house)
    site.start()
    until(lambda: site.status() == "ready", 60)
    return site


def test_killed_parts_come_back_and_a_stop_is_orderly(site, until, kill):
    assert site.status("healthz", site.live_port) == "up"
    for child in ("web", "worker", "worker-short", "scheduler", "streams"):
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
