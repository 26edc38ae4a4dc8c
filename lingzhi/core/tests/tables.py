"""Databases that have all tables: migrated from nothing once, and copied ever after.

Migrating takes a quarter of a minute, and a whole test run begins some ten databases. The original
is kept in `var/tables` (SQLite) or on the server (PostgreSQL) under a name that is the digest of
every migration there is: with one changed, or in a fresh checkout, it is made anew, from nothing.
Settings that install the same apps share it.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

import django
from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

from config.database import database

ROOT = Path(__file__).resolve().parents[3]
KEPT = ROOT / "var" / "tables"


def file_with_tables(settings: str) -> Path:
    """The SQLite file to copy, migrated under these settings."""
    path = KEPT / f"{_apps_of(settings)}-{_digest()}.sqlite3"
    with _alone():
        if not path.exists():
            with tempfile.TemporaryDirectory(dir=KEPT) as folder:
                draft = Path(folder, path.name)
                _migrate(f"sqlite:///{draft}", settings)
                _let_it_be_one_file(draft)
                draft.rename(path)
    return path


def postgres_with_tables(url: str, settings: str) -> str:
    """The name of the database to copy on the server of this URL."""
    name = f"tables_{_apps_of(settings)}_{_digest()}"
    with _alone():
        if not _is_there(url, name):
            on_server(url, f'DROP DATABASE IF EXISTS "{name}_draft"')
            on_server(url, f'CREATE DATABASE "{name}_draft"')
            _migrate(beside(url, f"{name}_draft"), settings)
            on_server(url, f'ALTER DATABASE "{name}_draft" RENAME TO "{name}"')
    return name


def begin_with_tables(connection: BaseDatabaseWrapper, **_: object) -> None:
    """On `connection_created`: an empty SQLite in memory becomes a copy of the file."""
    if connection.vendor != "sqlite" or not connection.is_in_memory_db():
        return
    copy = connection.connection
    if copy.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
        path = file_with_tables(os.environ["DJANGO_SETTINGS_MODULE"])
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as original:
            original.backup(copy)


def _let_it_be_one_file(path: Path) -> None:
    """Without the two files that stand beside a database with a write-ahead log."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def beside(url: str, name: str) -> str:
    """The URL of another database on the same server."""
    head, _, query = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def on_server(url: str, sql: str) -> list[tuple[object, ...]]:
    """What this statement returns when run outside of any database of ours."""
    entry = {**connections.settings["default"], **database(url, Path())}
    wrapper = load_backend(entry["ENGINE"]).DatabaseWrapper(entry, "default")
    with wrapper._nodb_cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def _is_there(url: str, name: str) -> bool:
    return bool(on_server(url, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))


def _apps_of(settings: str) -> str:
    """A short name of the apps that these settings install: they decide which tables there are."""
    installed = "\n".join(import_module(settings).INSTALLED_APPS)
    return hashlib.sha256(installed.encode()).hexdigest()[:8]


def _digest() -> str:
    """Of all migrations of all apps, ours and others', with what runs them."""
    digest = hashlib.sha256(django.__version__.encode())
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            digest.update(f"{app.label}/{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(url: str, settings: str) -> None:
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": settings}
    command = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"]
    subprocess.run(command, env=environment, check=True)


@contextmanager
def _alone() -> Iterator[None]:
    """One process after the other."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
