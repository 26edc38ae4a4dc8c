"""Master dictionaries: looked up, and kept by the system that owns them (ERP)."""

from datetime import datetime
from typing import Annotated

from ninja import Field, Query, Schema
from pydantic import StringConstraints

from lingzhi.accounts.rest import Call, once
from lingzhi.cases.access.cases import require
from lingzhi.cases.api.routers import router
from lingzhi.cases.api.shapes import Facts, Sent
from lingzhi.cases.models import DictionaryEntry, DictionaryKind
from lingzhi.cases.queries.dictionaries import entries_like
from lingzhi.cases.queries.people import KEEP, READ
from lingzhi.cases.services.dictionaries import EntryGiven, put_entries
from lingzhi.core.rest.cursors import Page, Window, page_by_cursor
from lingzhi.core.rest.problems import PROBLEMS

MOST = 500  # the write stays short
NAMES = ("kind", "code", "name", "parent", "note", "changed_at")
Key = Annotated[str, StringConstraints(max_length=60)]


class EntryFilter(Schema):
    """Which entries: those of one dictionary, whose code, name or sound holds the text."""

    kind: DictionaryKind | None = None
    text: Key = ""
    with_retired: bool = False


class NewEntry(Sent):
    """A line of a dictionary; `parent` is the code of what it belongs to."""

    kind: DictionaryKind
    code: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    name: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    parent: Key = ""
    note: Annotated[str, StringConstraints(max_length=200)] = ""
    is_retired: bool = False


class Entries(Sent):
    """Lines that come together: all of them are kept, or none."""

    entries: Annotated[list[NewEntry], Field(min_length=1, max_length=MOST)]


class EntryShape(Schema):
    """A line of a dictionary."""

    kind: str
    code: str
    name: str
    parent: str
    note: str
    changed_at: datetime
    is_retired: bool


class BroughtShape(Schema):
    """What became of the lines."""

    new: int
    changed: int
    same: int


@router.get("/dictionaries", response={200: Page[EntryShape], **PROBLEMS}, url_name="dictionaries")
def dictionaries(request: Call, wanted: Query[EntryFilter], window: Query[Window]) -> Facts:
    """Entries of the dictionaries, the newest first."""
    require(request.user, READ)
    text = wanted.text.replace("\x00", "")
    rows = entries_like(wanted.kind or "", text, with_retired=wanted.with_retired)
    return page_by_cursor(rows, window, lambda found: [_shape_of(one) for one in found])


@router.post("/dictionaries", response={201: BroughtShape, **PROBLEMS}, url_name="put_dictionaries")
@once(201, BroughtShape)
def put(request: Call, sent: Entries) -> Facts:
    """Add or change up to 500 entries; those that are as they were stay untouched."""
    require(request.user, KEEP)
    given = [EntryGiven(**one.dict()) for one in sent.entries]
    brought = put_entries(given, by=request.user)
    return {"new": brought.new, "changed": brought.changed, "same": brought.same}


def _shape_of(entry: DictionaryEntry) -> Facts:
    said = {name: getattr(entry, name) for name in NAMES}
    return said | {"is_retired": entry.retired_at is not None}
