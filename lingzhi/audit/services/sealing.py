"""Chaining entries: writers do not wait for each other, the sealer follows within seconds."""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from lingzhi.audit.canon import FIELDS, GENESIS, digest_of, hash_of
from lingzhi.audit.models import Entry, Link
from lingzhi.core.clock import now

GROUP = 500
LOOK_BACK = 5_000


def seal_log(*, is_thorough: bool = False) -> int:
    """Chain the entries that are not yet sealed, in order of their ids; their number.

    An entry whose transaction ended after that of a later id is sealed when it appears: places in
    the chain are given in order of sealing. The quick way looks back `LOOK_BACK` ids behind the
    newest seal, the thorough one at the whole log. Any number of sealers may run at once.
    """
    sealed = 0
    while True:
        try:
            number = _seal_group(is_thorough)
        except IntegrityError:  # another sealer was quicker: go on behind it
            continue
        sealed += number
        if number < GROUP:
            return sealed


@transaction.atomic
def _seal_group(is_thorough: bool) -> int:
    last = Link.objects.order_by("-position").first()
    rows = _unsealed(0 if is_thorough or last is None else last.entry_id - LOOK_BACK)
    position, previous = (last.position, last.hash) if last else (0, GENESIS)
    moment = now()
    links = []
    for row in rows.order_by("id").values(*FIELDS)[:GROUP]:
        position += 1
        previous = hash_of(position, previous, digest_of(row), moment)
        links.append(Link(position=position, entry_id=row["id"], hash=previous, sealed_at=moment))
    Link.objects.bulk_create(links)
    return len(links)


def _unsealed(after_id: int) -> QuerySet[Entry]:
    return Entry.objects.filter(id__gt=after_id, link__isnull=True)
