"""Phone data as a kind of import: logs and detail records of phone systems, without a mapping."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.audit.services import record
from lingzhi.contacts.adapters.phone import ADAPTERS
from lingzhi.contacts.feeding.calls import possible
from lingzhi.contacts.models import CallEvent, Source
from lingzhi.contacts.phone.told import Told
from lingzhi.contacts.services import join_all, retell_states, source_named, write_told
from lingzhi.core.intake import ImportKind, Problem, Published, Record, Refused, Wrong
from lingzhi.imports.models import Batch


def _reader() -> Callable[[Record], Told]:
    return _read


def _read(record: Record) -> Told:
    told = Told.from_record(record)
    try:
        possible(told.at)
    except Wrong as wrong:
        raise Refused([Problem.of("at", wrong)]) from wrong
    return told


def _publish(source: str, items: Sequence[Any], batch: Batch) -> Published:
    news = write_told(source_named(source), list(items), batch=batch)
    return Published(new=news.new, known=news.known)


def join_batch(batch_id: int) -> None:
    """Join the calls of a finished import, and tell the states of its agents anew."""
    batch = Batch.objects.get(pk=batch_id)
    source = source_named(batch.source)
    rows = CallEvent.objects.filter(batch=batch).order_by()
    calls = set(rows.exclude(call="").values_list("call", flat=True))
    made = join_all(source, calls)
    with transaction.atomic():
        retell_states(source, rows)
        after = {"calls": len(calls), "contacts": made}
        record(batch.accepted_by or batch.created_by, "contacts.calls_joined", batch, after=after)


KIND = ImportKind(
    code="calls",
    label=_("Phone data"),
    capability="contacts.import",
    fields=(),
    reader=_reader,
    publish=_publish,
    key="key",
    key_of=attrgetter("key"),
    finished="contacts.join_batch",
    sources=lambda: Source.objects.values_list("code", "name"),
    adapters=ADAPTERS,
)
