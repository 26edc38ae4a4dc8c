import errno
import sqlite3

import pytest
from django.db import OperationalError, connection

from lingzhi.core.disk import is_disk_full


@pytest.mark.parametrize(
    ("error", "is_full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (OSError(errno.EACCES, "Permission denied"), False),
        (OperationalError("database is locked"), False),
        (ValueError("database or disk is full"), False),
        (None, False),
    ],
)
def test_a_full_disk_is_told_from_other_errors(error, is_full):
    assert is_disk_full(error) == is_full


def test_a_full_sqlite_database_says_so(tmp_path):
    """The words are SQLite's own: a database that may hold one page more than it has."""
    with sqlite3.connect(tmp_path / "small") as small:
        small.execute("CREATE TABLE t (x)")
        small.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as raised:
            small.execute("INSERT INTO t VALUES (zeroblob(20000))")
    assert is_disk_full(OperationalError(str(raised.value)))


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="how PostgreSQL says it")
def test_a_full_postgresql_says_so():
    with pytest.raises(OperationalError) as raised, connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'full' USING ERRCODE = '53100'; END $$")
    assert is_disk_full(raised.value)
