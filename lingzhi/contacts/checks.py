"""I2, I10 and I16 for conversations."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Count, F, Max, Min, Q

from lingzhi.contacts.models import Contact, Turn
from lingzhi.contacts.readers import TELLING
from lingzhi.core.verification import Problem
from lingzhi.customers.models import Identifier
from lingzhi_engine.privacy import find

# Columns of a contact that a source fills freely.
COLUMNS = ("external_id", "agent_reference", "queue", "outcome")


def turns_are_whole() -> Iterator[Problem]:
    """I16: each conversation's turns are numbered 1…n without a gap, n as its row says.

    None at all has only a call that was not answered, or one that a phone system told about.
    """
    counted = Contact.objects.annotate(
        there=Count("turns"), first=Min("turns__seq"), last=Max("turns__seq")
    )
    broken = counted.exclude(there=F("turn_count")) | counted.filter(there__gt=0).exclude(
        first=1, last=F("there")
    )
    for contact in broken.iterator(1000):
        yield Problem(f"contacts.contact/{contact.pk}", "turns are missing or counted wrongly")
    wordless = Contact.objects.filter(turn_count=0, answered_at__isnull=False, call=None)
    for pk in wordless.values_list("pk"):
        yield Problem(f"contacts.contact/{pk[0]}", "answered, but without words")


def words_are_masked() -> Iterator[Problem]:
    """I10: no identifier stands in the clear where words are shown, and none is stored plain."""
    for turn in Turn.objects.filter(Q(text__contains="1"), sealed="").iterator(5000):
        if kinds := _plain(turn.text):
            yield Problem(f"contacts.turn/{turn.pk}", f"plain {kinds}")
    for pk, *values in Contact.objects.values_list("pk", *COLUMNS).iterator(5000):
        for name, value in zip(COLUMNS, values, strict=True):
            if kinds := _plain(value):
                yield Problem(f"contacts.contact/{pk}", f"plain {kinds} in {name}")
    for identifier in Identifier.objects.exclude(sealed__startswith="k").iterator(5000):
        yield Problem(f"customers.identifier/{identifier.pk}", "the value is not sealed")


def _plain(words: str) -> str:
    """The kinds of numbers of persons that stand in these words."""
    return ", ".join(sorted({span.kind for span in find(words)} & TELLING))


def index_is_whole() -> Iterator[Problem]:
    """Every conversation with words stands in the full-text index, and nothing else does."""
    key = "contact_id" if connection.vendor == "postgresql" else "rowid"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key} FROM contacts_search")  # noqa: S608 no outside value
        indexed = {row[0] for row in cursor.fetchall()}
    stored = set(Contact.objects.filter(turn_count__gt=0).values_list("pk", flat=True))
    for pk in sorted(stored - indexed)[:50]:
        yield Problem(f"contacts.contact/{pk}", "not in the full-text index")
    for pk in sorted(indexed - stored)[:50]:
        yield Problem(f"contacts_search/{pk}", "no such conversation")
