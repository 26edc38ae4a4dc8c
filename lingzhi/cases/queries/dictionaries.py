"""Looking things up in the master dictionaries."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from lingzhi.cases.models import DictionaryEntry, DictionaryKind, DictionaryRule

Asked = tuple[str, str]  # the kind of a dictionary, and what was written down


def entries_like(kind: str, text: str, *, with_retired: bool = False) -> QuerySet[DictionaryEntry]:
    """Entries whose code, name or sound (拼音) holds the text; those of all kinds without one."""
    rows = DictionaryEntry.objects.all() if with_retired else in_use()
    if kind:
        rows = rows.filter(kind=kind)
    for word in text.split():
        sounds = Q(sound__icontains=word) if word.isascii() and word.isalpha() else Q()
        rows = rows.filter(Q(code__icontains=word) | Q(name__icontains=word) | sounds)
    return rows.order_by("kind", "code")


def in_use() -> QuerySet[DictionaryEntry]:
    """Entries that are offered."""
    return DictionaryEntry.objects.filter(retired_at=None)


def looked_up(words: Iterable[Asked]) -> dict[Asked, DictionaryEntry | None]:
    """The entry of each word, by its code or else its name, retired ones too; None for one that is
    not in the dictionary. A word whose dictionary has no entries at all is left out: nothing is
    kept there. Two queries, however many words.
    """
    asked = {(kind, word) for kind, word in words if word}
    if not asked:
        return {}
    kept = set(DictionaryEntry.objects.order_by().values_list("kind", flat=True).distinct())
    asked = {(kind, word) for kind, word in asked if kind in kept}
    if not asked:
        return {}
    means = Q(pk__in=[])
    for kind in {kind for kind, _word in asked}:  # each by its own index
        said = [word for one, word in asked if one == kind]
        means |= Q(kind=kind, code__in=said) | Q(kind=kind, name__in=said)
    rows = DictionaryEntry.objects.filter(means).order_by("-pk")
    found: dict[Asked, DictionaryEntry] = {}
    for one in rows:
        found.setdefault((one.kind, one.name), one)
    found |= {(one.kind, one.code): one for one in rows}
    return {word: found.get(word) for word in asked}


def refusing() -> set[str]:
    """Kinds of dictionaries that take no word they do not know."""
    rows = DictionaryRule.objects.filter(refuses_unknown=True)
    return set(rows.values_list("kind", flat=True)) & set(DictionaryKind.values)


def counted_by_kind() -> dict[str, int]:
    """How many entries of each kind are in use."""
    found = in_use().order_by().values_list("kind").annotate(Count("pk"))
    return {**dict.fromkeys(DictionaryKind.values, 0), **dict(found)}
