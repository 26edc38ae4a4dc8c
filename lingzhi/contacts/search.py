"""Full-text search over masked words: two characters suffice, 简体 and 繁體 find each other.

Chinese has no blanks, so every run of letters is indexed as its overlapping pairs (`退款单` as
`退款 款单 单`), and a query is the phrase of its pairs. The two databases differ only in
`index_contacts` and `matching`.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models.expressions import RawSQL

from lingzhi.core.folding import RUN, folded

MAX_PAIRS = 16_000  # a tsvector knows 16,383 positions


def pairs(text: str) -> list[str]:
    """Overlapping pairs of each run of letters and digits, and the last character of each run."""
    found: list[str] = []
    for run in RUN.findall(folded(text)):
        found += [run[at : at + 2] for at in range(len(run) - 1)]
        found.append(run[-1])
    return found


def _phrases(query: str) -> list[list[str]]:
    """For each run of the query its pairs; a single character stays alone (a prefix)."""
    runs = RUN.findall(folded(query))
    return [[run[at : at + 2] for at in range(max(len(run) - 1, 1))] for run in runs]


def index_contacts(rows: Iterable[tuple[int, str]]) -> None:
    """Index `(contact id, all its words)`; runs in the caller's transaction."""
    prepared = [(key, " ".join(pairs(words)[:MAX_PAIRS])) for key, words in rows]
    if connection.vendor == "postgresql":
        sql = (
            "INSERT INTO contacts_search (contact_id, words) VALUES (%s, to_tsvector('simple', %s))"
            " ON CONFLICT (contact_id) DO UPDATE SET words = EXCLUDED.words"
        )
    else:
        sql = "INSERT OR REPLACE INTO contacts_search (rowid, words) VALUES (%s, %s)"
    with connection.cursor() as cursor:
        cursor.executemany(sql, prepared)


def matching(query: str) -> RawSQL | None:
    """A subquery of the ids of contacts whose words hold every run of `query`; None if empty."""
    phrases = _phrases(query)
    if not phrases:
        return None
    if connection.vendor == "postgresql":
        wanted = " & ".join(f"({' <-> '.join(_quoted(phrase))})" for phrase in phrases)
        sql = "SELECT contact_id FROM contacts_search WHERE words @@ to_tsquery('simple', %s)"
        return RawSQL(sql, [wanted])  # noqa: S611 the words are a parameter
    wanted = " ".join(_sqlite_phrase(phrase) for phrase in phrases)
    sql = "SELECT rowid FROM contacts_search WHERE contacts_search MATCH %s"
    return RawSQL(sql, [wanted])  # noqa: S611 the words are a parameter


def _quoted(phrase: list[str]) -> list[str]:
    return [f"'{pair}':*" if len(pair) == 1 else f"'{pair}'" for pair in phrase]


def _sqlite_phrase(phrase: list[str]) -> str:
    joined = '"' + " ".join(phrase) + '"'
    return joined + "*" if len(phrase[0]) == 1 else joined
