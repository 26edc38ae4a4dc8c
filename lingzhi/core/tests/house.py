"""A house of its own for tests with real processes: data directory, database, environment."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from django.db.utils import load_backend

from config.database import database
from lingzhi.core.tests.tables import (
    ROOT,
    beside,
    file_with_tables,
    on_server,
    postgres_with_tables,
)


class House:
    """A data directory, a database, and the processes that run on them."""

    def __init__(self, data_dir: Path, url: str, settings: str) -> None:
        self.data_dir, self.url = data_dir, url
        self.running: list[subprocess.Popen[bytes]] = []
        self.environment = {
            **os.environ,
            "DATA_DIR": str(data_dir),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": settings,
        }

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.data_dir / "log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), *arguments],
                env=self.environment,
                stderr=log,
            )
        self.running.append(process)
        return process

    def run(self, *arguments: str) -> None:
        assert self.start(*arguments).wait(60) == 0, self.log()

    def log(self) -> str:
        return (self.data_dir / "log").read_text()

    def stop(self) -> None:
        for process in self.running:
            if process.poll() is None:
                process.terminate()
        for process in self.running:
            process.wait(40)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Let this process's own code work on the house's database."""
        entry = {**connections.settings["default"], **database(self.url, self.data_dir)}
        before = connections["default"]
        connections["default"] = load_backend(entry["ENGINE"]).DatabaseWrapper(entry, "default")
        try:
            yield
        finally:
            connections["default"].close()
            connections["default"] = before


@pytest.fixture
def house_settings() -> str:
    """The settings its processes run with; a directory's conftest may name others."""
    return "lingzhi.core.tests.ground_floor"


@pytest.fixture
def house(tmp_path, django_db_blocker, house_settings) -> Iterator[House]:
    server = os.environ.get("DATABASE_URL", "")
    with django_db_blocker.unblock():
        if server.startswith("postgres"):
            name = f"house_{secrets.token_hex(4)}"
            original = postgres_with_tables(server, house_settings)
            on_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
            house = House(tmp_path, beside(server, name), house_settings)
        else:
            url = f"sqlite:///{tmp_path}/house.sqlite3?timeout=120"  # the machine is busy
            house = House(tmp_path, url, house_settings)
            shutil.copy(file_with_tables(house_settings), tmp_path / "house.sqlite3")
        with house.inside():
            yield house
            house.stop()
        if server.startswith("postgres"):
            on_server(server, f'DROP DATABASE "{name}" WITH (FORCE)')
    shutil.rmtree(tmp_path)


@pytest.fixture
def until() -> Callable[..., None]:
    """`until(condition, 20)`: wait for it, fail after so many seconds."""

    def wait(condition: Callable[[], bool], seconds: float = 60.0) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.1)

    return wait


@pytest.fixture
def kill() -> Callable[[int], None]:
    """SIGKILL a process that a test started."""
    return lambda pid: os.kill(pid, signal.SIGKILL)
