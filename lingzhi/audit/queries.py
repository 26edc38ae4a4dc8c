"""Searching the log, and the state of its chain."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from lingzhi.audit.checkpoints import paths_in
from lingzhi.audit.models import Entry, Link, Verification

USUAL_DAYS = 30
TEXTS = ("object_label", "reason", "before_text", "after_text")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; empty fields narrow nothing.

    `actor` is a staff number, `action` the beginning of an action, `kind` and `number` name an
    object, `text` stands in its name, the reason or the values before and after.
    """

    from_on: date
    to_on: date
    actor: str = ""
    action: str = ""
    kind: str = ""
    number: str = ""
    text: str = ""
    request: str = ""


def search_log(search: Search) -> QuerySet[Entry]:
    """Entries of the days from `from_on` to `to_on` that fit, newest first."""
    rows = Entry.objects.filter(
        at__gte=_start_of(search.from_on), at__lt=_start_of(search.to_on + timedelta(days=1))
    )
    exact = {
        "actor_label__iexact": search.actor,
        "action__startswith": search.action,
        "object_type__startswith": search.kind,
        "object_id": search.number,
        "request_id": search.request,
    }
    rows = rows.filter(**{lookup: value for lookup, value in exact.items() if value})
    return _holding(rows, search.text) if search.text else rows


def _holding(rows: QuerySet[Entry], text: str) -> QuerySet[Entry]:
    """Rows with `text` in a name, a reason or a value; SQLite keeps JSON with escapes."""
    found = Q()
    for form in {text, json.dumps(text)[1:-1]}:
        for field in TEXTS:
            found |= Q(**{f"{field}__icontains": form})
    return rows.annotate(
        before_text=Cast("before", TextField()), after_text=Cast("after", TextField())
    ).filter(found)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE)).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class ChainState:
    """How far the log is sealed and signed, and what the last look over it found."""

    sealed: int
    unsealed: int
    head: Link | None
    signed: int
    checkpoint: Path | None
    verification: Verification | None


def chain_state() -> ChainState:
    """Counted without walking the chain: places are given without gaps."""
    head = Link.objects.order_by("-position").first()
    files = paths_in(settings.DATA_DIR / "checkpoints")
    sealed = head.position if head else 0
    return ChainState(
        sealed=sealed,
        unsealed=max(0, Entry.objects.count() - Link.objects.count()),
        head=head,
        signed=int(files[-1].stem) if files else 0,
        checkpoint=files[-1] if files else None,
        verification=Verification.objects.first(),
    )


def verifications() -> QuerySet[Verification]:
    """What was found each time somebody looked, newest first."""
    return Verification.objects.all()
