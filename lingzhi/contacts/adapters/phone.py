"""Files of phone systems: each line or row is an event or a record, read as it is."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone

from lingzhi.contacts.feeding.calls import WHY
from lingzhi.contacts.phone.asterisk_cdr import read_asterisk_cdr
from lingzhi.contacts.phone.freeswitch import (
    read_freeswitch_csv,
    read_freeswitch_events,
    read_freeswitch_json,
)
from lingzhi.contacts.phone.queue_log import read_queue_log
from lingzhi.contacts.phone.told import Told, Unreadable
from lingzhi.core.intake import Adapter, Problem

Read = Callable[[Iterable[str]], Iterator[tuple[int, Told | Unreadable]]]


def _adapter(label: str, read: Read) -> Adapter:
    def records(path: Path) -> Iterator[tuple[int, Any]]:
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            for number, told in read(lines):
                is_wrong = isinstance(told, Unreadable)
                yield number, Problem("", WHY[told.why]) if is_wrong else told.as_record()  # type: ignore[union-attr]

    return Adapter(label, records)


def _local(read: Callable[..., Iterator[tuple[int, Told | Unreadable]]]) -> Read:
    """Times without a zone are those of the organisation."""
    return lambda lines: read(lines, timezone.get_default_timezone())


ADAPTERS = {
    "asterisk_queue_log": _adapter("Asterisk queue_log", read_queue_log),
    "asterisk_cdr": _adapter("Asterisk CDR (CSV)", _local(read_asterisk_cdr)),
    "freeswitch_csv": _adapter("FreeSWITCH CDR (CSV)", _local(read_freeswitch_csv)),
    "freeswitch_json": _adapter("FreeSWITCH CDR (JSON)", read_freeswitch_json),
    "freeswitch_events": _adapter("FreeSWITCH ESL", read_freeswitch_events),
}
