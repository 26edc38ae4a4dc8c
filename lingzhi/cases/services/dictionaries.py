"""Keeping the master dictionaries: by hand, from files, by other programs (ERP)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import digest_of
from lingzhi.audit.services import record
from lingzhi.cases.models import DictionaryEntry, DictionaryKind, DictionaryRule
from lingzhi.cases.queries.dictionaries import looked_up, refusing
from lingzhi.cases.services.retiring import RetiredAlready, retired
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.core.intake import Published
from lingzhi_engine.inspect.fold import fold
from lingzhi_engine.inspect.pattern.sounds import sounds

SAID = ("name", "parent", "note")
WRITTEN = (*SAID, "sound", "changed_at")
# Which dictionary the fields of a case, and of goods, are looked up in.
OF_CASES = {"fault_code": DictionaryKind.FAULT, "area": DictionaryKind.AREA}
OF_GOODS = {
    "product": DictionaryKind.PRODUCT, "order_number": DictionaryKind.ORDER,
    "part_number": DictionaryKind.PART, "fault_code": DictionaryKind.FAULT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntryGiven:
    """A line of a dictionary as somebody gives it; `parent` is a code."""

    kind: str
    code: str
    name: str
    parent: str = ""
    note: str = ""
    is_retired: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.code}"


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of lines that were sent together."""

    new: int
    changed: int
    same: int


@transaction.atomic
def keep_entry(given: EntryGiven, *, by: User, is_new: bool = False) -> DictionaryEntry:
    """Add a line, or change the one with this code. Raises BadInput, RetiredAlready."""
    taken = BadInput(_("This dictionary has an entry with this code."), field="code")
    rows = DictionaryEntry.objects.select_for_update()
    before = rows.filter(kind=given.kind, code=given.code).first()
    if is_new and before:
        raise taken
    if before and before.retired_at:
        raise RetiredAlready()
    _require(given)
    known = {name: getattr(before, name) for name in SAID} if before else None
    row = _written(before or DictionaryEntry(kind=given.kind, code=given.code), given)
    try:
        with transaction.atomic():
            row.save(update_fields=WRITTEN if before else None)
    except IntegrityError:  # somebody else added it in this moment
        raise taken from None
    after = {"kind": row.kind, "code": row.code, **{name: getattr(row, name) for name in SAID}}
    record(by, "cases.entry_set", row, before=known, after=after)
    return row


@transaction.atomic
def retire_entry(row: DictionaryEntry, *, reason: str, by: User) -> None:
    """It is offered no more; where it was used it stays readable."""
    words = retired(row, reason)
    after = {"kind": row.kind, "code": row.code}
    record(by, "cases.entry_retired", row, after=after, reason=words)


@transaction.atomic
def put_entries(given: Sequence[EntryGiven], *, by: User) -> Brought:
    """All of them or none, as another system has them: new ones, changed ones, retired ones and
    such as come back. One audit row. Raises BadInput with the place (`entries.0.code`).
    """
    given = [replace(one, code=one.code.strip(), parent=one.parent.strip()) for one in given]
    seen: set[str] = set()
    for place, one in enumerate(given):
        at = f"entries.{place}."
        if one.key in seen:
            raise BadInput(_("This code stands twice in what was sent."), field=f"{at}code")
        seen.add(one.key)
        _require(one, at)
    new, changed, same = _put(given)
    if new or changed:
        counts = {"new": len(new), "changed": len(changed)}
        after = {**counts, "sha256": digest_of([asdict(one) for one in given])}
        record(by, "cases.entries_put", (new or changed)[0], after=after)
    return Brought(len(new), len(changed), len(same))


@transaction.atomic
def bring_entries(rows: Sequence[EntryGiven]) -> Published:
    """Lines of a file: new or changed, known as they are; one that was retired here conflicts."""
    gone = _known(rows)
    living = [one for one in rows if not _is_retired(gone.get(one.key))]
    new, changed, same = _put(living)
    return Published(
        new=[one.pk for one in (*new, *changed)],
        known=[f"{one.kind}:{one.code}" for one in same],
        conflicts=[one.key for one in rows if _is_retired(gone.get(one.key))],
    )


Split = tuple[list[DictionaryEntry], list[DictionaryEntry], list[DictionaryEntry]]


def _put(given: Sequence[EntryGiven]) -> Split:
    """What is new, changed, and as it was; once more where somebody else added one meanwhile."""
    try:
        with transaction.atomic():
            return _put_once(given)
    except IntegrityError:
        return _put_once(given)


def _put_once(given: Sequence[EntryGiven]) -> Split:
    """The same, written in two statements."""
    known, at = _known(given), now()
    new, changed, same = [], [], []
    for one in given:
        row = known.get(one.key)
        if row is None:
            row = _written(DictionaryEntry(kind=one.kind, code=one.code), one)
            new.append(row)
        elif _says(row) == _says(one) and _is_retired(row) == one.is_retired:
            same.append(row)
        else:
            changed.append(_written(row, one))
        if _is_retired(row) != one.is_retired:
            row.retired_at = at if one.is_retired else None
    new = DictionaryEntry.objects.bulk_create(new, batch_size=500)
    DictionaryEntry.objects.bulk_update(changed, [*WRITTEN, "retired_at"], batch_size=200)
    return new, changed, same


def _known(given: Sequence[EntryGiven]) -> dict[str, DictionaryEntry]:
    """The entries that are there, locked until the transaction ends."""
    found: dict[str, DictionaryEntry] = {}
    for kind in sorted({one.kind for one in given}):
        codes = [one.code for one in given if one.kind == kind]
        rows = DictionaryEntry.objects.select_for_update().filter(kind=kind, code__in=codes)
        found |= {f"{kind}:{one.code}": one for one in rows}
    return found


def _written(row: DictionaryEntry, given: EntryGiven) -> DictionaryEntry:
    row.name, row.parent, row.note = _says(given)
    row.sound, row.changed_at = sound_of(row.name), now()
    return row


def _says(one: DictionaryEntry | EntryGiven) -> tuple[str, str, str]:
    return one.name.strip(), one.parent.strip(), one.note.strip()


def _is_retired(row: DictionaryEntry | None) -> bool:
    return row is not None and row.retired_at is not None


def _require(given: EntryGiven, at: str = "") -> None:
    if given.kind not in DictionaryKind.values:
        raise BadInput(_("There is no such dictionary."), field=f"{at}kind")
    for name in ("code", "name"):
        if not getattr(given, name).strip():
            raise BadInput(_("This must be given."), field=f"{at}{name}")
    if given.code == given.parent and _is_own_kind(given.kind):
        raise BadInput(_("Nothing belongs to itself."), field=f"{at}parent")


def _is_own_kind(kind: str) -> bool:
    return DictionaryEntry.PARENTS[DictionaryKind(kind)] == kind


def sound_of(name: str) -> str:
    """`变频空调` → `bianpinkongtiao bpkt`: to be found by either."""
    read = [one for one in sounds().read(fold(name)) if one]
    return f"{''.join(read)} {''.join(one[0] for one in read)}"[:900]


def require_known(words: Mapping[str, tuple[str, str]]) -> None:
    """Refuse words that a strict dictionary does not know, given as field → (kind, word). One
    without any entry refuses nothing.

    Raises BadInput for the first of them.
    """
    strict = refusing()
    asked = {field: one for field, one in words.items() if one[0] in strict and one[1]}
    found = looked_up(asked.values())
    for field, one in asked.items():
        entry = found.get(one)
        if one in found and (entry is None or entry.retired_at):
            raise BadInput(_("This is not in the dictionary."), field=field)


@transaction.atomic
def set_strictness(kinds: Collection[str], *, by: User) -> None:
    """Which dictionaries refuse what they do not know; the others take and mark it."""
    before = refusing()
    for kind in DictionaryKind.values:
        DictionaryRule.objects.update_or_create(
            kind=kind, defaults={"refuses_unknown": kind in kinds}
        )
    if before != set(kinds):
        row = DictionaryRule.objects.order_by("pk")[0]
        was, after = {"refuses": sorted(before)}, {"refuses": sorted(kinds)}
        record(by, "cases.dictionary_rules_set", row, before=was, after=after)
