from collections import namedtuple

import pytest
from django.db import DatabaseError

from lingzhi.core import health
from lingzhi.core.health import Condition

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(autouse=True)
def _own_data_dir(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


def states(response) -> dict[str, str]:
    return {each["name"]: each["state"] for each in response.json()["conditions"]}


def test_the_process_is_up_without_asking_the_database(client, settings):
    response = client.get("/healthz")
    assert response.json() == {"status": "up", "version": settings.VERSION}


def well() -> Condition:
    return Condition("workers", "ok")


def poorly() -> Condition:
    return Condition("workers", "degraded")


def test_it_is_ready_when_all_is_well(client, db, settings):
    settings.READINESS = ["lingzhi.core.tests.test_health.well"]
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "ready")
    assert set(states(response)) == {"database", "migrations", "disk", "workers"}


def test_where_only_the_background_fails_pages_are_served_still(client, db, settings):
    settings.READINESS = ["lingzhi.core.tests.test_health.poorly"]
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "degraded")


@pytest.mark.parametrize(
    ("free", "total", "state"),
    [
        (600 * 1024**2, 2 * 1024**3, "ok"),
        (400 * 1024**2, 2 * 1024**3, "degraded"),
        (4 * 1024**3, 100 * 1024**3, "degraded"),
        (6 * 1024**3, 100 * 1024**3, "ok"),
    ],
)
def test_a_disk_that_runs_full_is_noticed(monkeypatch, free, total, state):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _path: Usage(total, 0, free))
    assert health.disk_has_room().state == state


def test_a_database_that_is_away_is_503(client, monkeypatch, db):
    class Away:
        def cursor(self):
            raise DatabaseError("gone")

    monkeypatch.setattr(health, "connection", Away())
    response = client.get("/readyz")
    assert (response.status_code, states(response)["database"]) == (503, "failed")
    assert "gone" not in response.content.decode()


def test_tables_of_another_version_are_503(client, monkeypatch, db):
    monkeypatch.setattr(health, "pending_migrations", lambda: 2)
    health._applied.clear()
    response = client.get("/readyz")
    assert (response.status_code, states(response)["migrations"]) == (503, "failed")
