"""Whether an error says that there is no room left to write."""

import errno

from django.db import DatabaseError

FULL = (errno.ENOSPC, errno.EDQUOT)
# SQLite has no number for it; PostgreSQL's is `disk_full`, class 53 of its appendix A.
SQLITE_FULL = "database or disk is full"
POSTGRES_FULL = "53100"


def is_disk_full(error: BaseException | None) -> bool:
    """The disk, or one's share of it, is full: of files, of uploads under way, of the database."""
    if isinstance(error, OSError):
        return error.errno in FULL
    if isinstance(error, DatabaseError):
        number = getattr(error.__cause__, "sqlstate", None)
        return number == POSTGRES_FULL or SQLITE_FULL in str(error)
    return False
