"""The rows of an uploaded file between its check and its confirmation.

They wait in the person's own session: encrypted, for they name people, and gone when it ends.
"""

import json
from dataclasses import astuple

from django.contrib.sessions.backends.base import SessionBase

from lingzhi.core.encryption import seal, unseal
from lingzhi.org.people_file import PersonRow

KEY = "people_file"


def _place(session: SessionBase) -> str:
    return f"session|{KEY}|{session.get('_auth_user_id')}"


def keep_rows(session: SessionBase, rows: list[PersonRow], *, make_units: bool) -> None:
    text = json.dumps([make_units, [astuple(row) for row in rows]], ensure_ascii=False)
    session[KEY] = seal(text, _place(session))


def kept_rows(session: SessionBase) -> tuple[list[PersonRow], bool] | None:
    """The rows and whether units may be made; None when nothing waits."""
    sealed = session.get(KEY)
    if not sealed:
        return None
    make_units, rows = json.loads(unseal(sealed, _place(session)))
    return [PersonRow(*row) for row in rows], make_units


def drop_rows(session: SessionBase) -> None:
    session.pop(KEY, None)
