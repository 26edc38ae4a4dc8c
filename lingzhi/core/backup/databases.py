"""A consistent copy of the database while everybody works on, and putting it back."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.core.management import CommandError
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from lingzhi.core.backup.manifest import UnfitArchive

SIDE_FILES = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the copy holds: rows by table, and the migrations it has been through."""

    rows: dict[str, int]
    migrations: list[tuple[str, str]]


def copy_database(target: Path) -> Snapshot:
    """Write a copy of the default database to `target`, as it is at one moment."""
    if connection.vendor == "sqlite":
        return _copy_sqlite(target)
    return _copy_postgres(target)


def check_copy(copy: Path) -> None:
    """Raises UnfitArchive where the copy of an SQLite database is damaged."""
    if connection.vendor != "sqlite":
        return
    try:
        with closing(sqlite3.connect(copy)) as database:
            [verdict] = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as problem:
        raise UnfitArchive(f"Its database is damaged: {problem}") from problem
    if verdict != "ok":
        raise UnfitArchive(f"Its database is damaged: {verdict}")


def put_database(copy: Path, aside: Path) -> None:
    """Replace the default database by `copy`. SQLite: the old files are moved to `aside`.

    PostgreSQL: the schema is replaced in one transaction, so a failure leaves the old one.
    """
    if connection.vendor == "sqlite":
        connection.close()
        target = Path(connection.settings_dict["NAME"])
        for path in (target, *(Path(f"{target}{suffix}") for suffix in SIDE_FILES)):
            if path.exists():
                shutil.move(path, aside / path.name)
        shutil.move(copy, target)
    else:
        _put_postgres(copy)


def _tables(names: Iterable[str]) -> list[str]:
    """Our tables among `names`: a backup counts rows of models, not of indexes."""
    return sorted({model._meta.db_table for model in apps.get_models()} & set(names))


def _copy_sqlite(target: Path) -> Snapshot:
    """SQLite's own online backup in one step: a reader of the log, in nobody's way."""
    source = Path(connection.settings_dict["NAME"]).resolve().as_uri()
    with (
        closing(sqlite3.connect(f"{source}?mode=ro", uri=True)) as live,
        closing(sqlite3.connect(target)) as copy,
    ):
        live.backup(copy)
        names = [name for (name,) in copy.execute("SELECT name FROM sqlite_master")]
        rows = {
            table: copy.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()[0]  # noqa: S608
            for table in _tables(names)
        }
        return Snapshot(rows, list(copy.execute("SELECT app, name FROM django_migrations")))


def _copy_postgres(target: Path) -> Snapshot:
    """pg_dump of an exported snapshot, so that the counts are those of the dump."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT pg_export_snapshot()")
        [snapshot] = cursor.fetchone()
        names = connection.introspection.table_names(cursor)
        rows = {}
        for table in _tables(names):
            cursor.execute(f'SELECT COUNT(*) FROM "{table}"')  # noqa: S608  a model's own table
            [rows[table]] = cursor.fetchone()
        cursor.execute("SELECT app, name FROM django_migrations")
        migrations = list(cursor.fetchall())
        run_program("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
    return Snapshot(rows, migrations)


def _put_postgres(copy: Path) -> None:
    script = copy.with_suffix(".sql")
    run_program(
        "pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(copy), has_name=False
    )
    connection.close()
    run_program(
        "psql",
        "--quiet",
        "--no-psqlrc",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        "--command=SET client_min_messages = warning; SET lock_timeout = '10s'; "
        "DROP SCHEMA public CASCADE; "
        "CREATE SCHEMA public",
        f"--file={script}",
    )
    script.unlink()


def run_program(name: str, *arguments: str, has_name: bool = True) -> None:
    """Run one of PostgreSQL's programs on our database; its password never is an argument."""
    settings = connection.settings_dict
    given = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"] if has_name else "",
    }
    environment = {**os.environ, **{key: str(value) for key, value in given.items() if value}}
    done = subprocess.run(  # noqa: S603  our own arguments
        [str(_program(name, connection)), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"{name}: {done.stderr.strip()[-500:]}")


def _program(name: str, server: BaseDatabaseWrapper) -> Path:
    """A program not older than the server: an older pg_dump refuses."""
    server.ensure_connection()
    needed: int = server.pg_version // 10_000  # type: ignore[attr-defined]
    on_path = shutil.which(name)
    places = [Path(on_path)] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    for place in places:
        told = subprocess.run([str(place), "--version"], capture_output=True, text=True, check=True)  # noqa: S603
        found = re.search(r"(\d+)\.", told.stdout)
        if found and int(found[1]) >= needed:
            return place
    raise CommandError(f"{name} of PostgreSQL {needed} or newer is needed and was not found.")
