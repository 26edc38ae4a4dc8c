"""An adopter's own regulation becomes a pack: brought in, looked through, made whole.

What is found is kept in `Pack.proposals`, what is decided goes into `Pack.body` at once, so the
work can be left and taken up again at any time.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.files.models import StoredFile
from lingzhi.files.services import discard_file, store_file
from lingzhi.org.queries.posts import post_list
from lingzhi.rulebook.models import Pack
from lingzhi.rulebook.packs import Body, replaced_clause
from lingzhi.rulebook.regulation_text.articles import RegulationText, regulation_of
from lingzhi.rulebook.regulation_text.blocks import Trouble, Unreadable
from lingzhi.rulebook.regulation_text.bodies import (
    Row,
    body_of,
    plain,
    proposal_rows,
    words_of,
)
from lingzhi.rulebook.regulation_text.force import force_of
from lingzhi.rulebook.regulation_text.proposals import Vocabulary, zh
from lingzhi.rulebook.regulation_text.reading import read_file, read_text
from lingzhi.rulebook.services.packs import change_pack, create_pack

OWN = "own"


class RegulationTroubles(BadInput):
    """The text cannot become a pack; `troubles` names everything that is wrong with it."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        self.troubles = tuple(troubles)
        super().__init__("\n".join(str(one.message) for one in troubles), field="file")


class StillUndecided(DomainError):
    message = _("Some proposals are not decided yet.")


class NoSuchProposal(DomainError):
    message = _("This proposal is not there any more: its clause was changed.")


def import_regulation(
    *, content: bytes = b"", name: str = "", text: str = "", title: str = "", by: User
) -> Pack:
    """A pack made of a file or a pasted text, with the controls that its words suggest.

    Raises RegulationTroubles with everything that is wrong; then nothing is kept.
    """
    try:
        blocks = read_text(text) if text else read_file(content, name)
        regulation = regulation_of(blocks, title=title)
    except Unreadable as problem:
        raise RegulationTroubles(problem.troubles) from problem
    if not regulation.title:
        untitled = Trouble(_("The regulation has no title. Give it one."))
        raise RegulationTroubles([untitled])
    stored = None if text else store_file(io.BytesIO(content), name=name, purpose="rulebook", by=by)
    with ExitStack() as undo:
        if stored is not None:
            undo.callback(discard_file, stored, by=by)
        pack = _kept(regulation, stored, by)
        undo.pop_all()
    return pack


@transaction.atomic
def _kept(regulation: RegulationText, stored: StoredFile | None, by: User) -> Pack:
    body = body_of(regulation)
    rows = proposal_rows(body["clauses"], vocabulary())
    pack = create_pack(_free_code(), body, file=stored, proposals=rows, by=by)
    facts: Row = {"clauses": len(body["clauses"]), "proposals": len(rows)}
    if stored is not None:
        facts["sha256"] = stored.sha256
    record(by, "rulebook.regulation_imported", pack, after=facts)
    return pack


def _free_code() -> str:
    taken = Pack.objects.filter(code__startswith=f"{OWN}-").values_list("code", flat=True)
    numbers = [int(end) for code in taken if (end := code.removeprefix(f"{OWN}-")).isdecimal()]
    return f"{OWN}-{max(numbers, default=0) + 1}"


def vocabulary() -> Vocabulary:
    """The names of this organisation's posts."""
    return Vocabulary(
        {name: post.code for post in post_list() for name in (post.name, *post.other_names)}
    )


def decide_proposal(
    pack: Pack, proposal_id: int, decision: str, *, control: Row | None = None, by: User
) -> Pack:
    """Confirm (confirmed), refuse (refused) or take back ("") what is proposed.

    `control` replaces the proposed one. Raises PackProblems where its values are not sound, and
    NoSuchProposal.
    """

    def decided(body: Body, rows: list[Row]) -> tuple[Body, list[Row]]:
        row = next((one for one in rows if one["id"] == proposal_id), None)
        if row is None:
            raise NoSuchProposal()
        changed = {**row, "decision": decision, "control": control or row["control"]}
        body = _with_control(body, changed, is_in=decision == "confirmed")
        return body, [changed if one is row else one for one in rows]

    return _changed(pack, decided, by)


def _with_control(body: Body, row: Row, *, is_in: bool) -> Body:
    clause = _clause_of(body, row["number"])
    key = row["control"]["key"]
    controls = [one for one in clause.get("controls") or () if one["key"] != key]
    if is_in:
        controls.append(row["control"])
    return replaced_clause(body, row["number"], {**clause, "controls": controls})


def _clause_of(body: Body, number: str) -> Row:
    clause = next((row for row in body["clauses"] if row["number"] == number), None)
    if clause is None:
        raise NoSuchProposal()
    return dict(clause)


def refuse_undecided(pack: Pack, *, by: User) -> Pack:
    """Leave out everything that nobody has decided about."""

    def refused(body: Body, rows: list[Row]) -> tuple[Body, list[Row]]:
        return body, [{**row, "decision": row["decision"] or "refused"} for row in rows]

    return _changed(pack, refused, by)


def change_clause(pack: Pack, number: str, fields: Row, *, by: User) -> Pack:
    """Change a clause's number, title, text or force; its open proposals are found anew.

    `fields`: number, title, text, force; an empty force follows from the words. What was decided
    stays decided. Raises PackProblems.
    """

    def changed(body: Body, rows: list[Row]) -> tuple[Body, list[Row]]:
        before = _clause_of(body, number)
        text = plain(fields["text"].replace("\r\n", "\n").strip())
        clause = {
            "number": fields["number"],
            "force": fields["force"] or (force_of(text) if text else "heading"),
            "controls": before.get("controls") or [],
        }
        for name, words in (("title", plain(fields["title"])), ("text", text)):
            if words:
                clause[name] = {**(before.get(name) or {}), **zh(words)}
        kept: Row = {name: before[name] for name in ("touches", "waits_for") if name in before}
        body = replaced_clause(body, number, {**clause, **kept})
        return body, _found_anew(rows, before, clause)

    return _changed(pack, changed, by)


def _found_anew(rows: list[Row], before: Row, clause: Row) -> list[Row]:
    mine = [row for row in rows if row["number"] == before["number"]]
    others = [row for row in rows if row["number"] != before["number"]]
    kept = [_moved(row, words_of(before), clause) for row in mine if row["decision"]]
    taken = {(row["control"]["kind"], row["start"]) for row in kept}
    first = max((row["id"] for row in rows), default=0) + 1
    new = [
        row
        for row in proposal_rows([clause], vocabulary(), first=first)
        if (row["control"]["kind"], row["start"]) not in taken
    ]
    return [*others, *kept, *new]


def _moved(row: Row, old: str, clause: Row) -> Row:
    """A decided proposal where its words stand now; nowhere (0, 0) if they are gone."""
    words = old[row["start"] : row["end"]]
    at = words_of(clause).find(words) if words else -1
    if at < 0:
        return {**row, "number": clause["number"], "start": 0, "end": 0, "blanks": {}}
    by = at - row["start"]
    blanks = {name: [start + by, end + by] for name, (start, end) in row["blanks"].items()}
    place = {"start": at, "end": at + len(words), "blanks": blanks}
    return {**row, **place, "number": clause["number"]}


def finish_import(pack: Pack, *, by: User) -> Pack:
    """The pack is ready to be adopted; blanks of the text become places for the adopted figures.

    Raises StillUndecided.
    """

    def finished(body: Body, rows: list[Row]) -> tuple[Body, list[Row]]:
        if any(not row["decision"] for row in rows):
            raise StillUndecided()
        for number in {row["number"] for row in rows if row["blanks"]}:
            clause = _clause_of(body, number)
            confirmed = [
                row for row in rows if row["number"] == number and row["decision"] == "confirmed"
            ]
            text = {**clause["text"], **zh(_filled(words_of(clause), confirmed))}
            body = replaced_clause(body, number, {**clause, "text": text})
        return body, []

    return _changed(pack, finished, by)


def _filled(text: str, rows: Iterable[Row]) -> str:
    """`____个工作日` becomes `{c3.limit}`, unit and all; other blanks stay as they are."""
    blanks = [
        (start, end, row["control"], name)
        for row in rows
        for name, (start, end) in row["blanks"].items()
        if row["control"]["figures"].get(name, {}).get("mark") == "placeholder"
    ]
    for start, end, control, name in sorted(blanks, key=lambda one: -one[0]):
        rest = text[end:]
        unit = control["figures"][name].get("unit", "")
        for words in UNIT_WORDS.get(unit, ()):
            if rest.lstrip().startswith(words):
                rest = rest.lstrip()[len(words) :]
                break
        text = f"{text[:start]}{{{control['key']}.{name}}}{rest}"
    return text


# The words after a blank that the adopted figure brings along: “3 个工作日”.
UNIT_WORDS = {
    "percent": ("%", "％"),
    "rings": ("声",),
    "seconds": ("秒钟", "秒"),
    "minutes": ("分钟",),
    "hours": ("个小时", "小时"),
    "working_hours": ("个工作小时", "工作小时"),
    "days": ("个自然日", "自然日", "日", "天"),
    "working_days": ("个工作日", "工作日", "个工作天"),
    "months": ("个月",),
    "people": ("名", "人", "位"),
}

Change = Callable[[Body, list[Row]], tuple[Body, list[Row]]]


@transaction.atomic
def _changed(pack: Pack, change: Change, by: User) -> Pack:
    """Apply a change to the pack as it is now, so that two people do not undo each other."""
    fresh = Pack.objects.select_for_update().get(pk=pack.pk)
    body, rows = change(dict(fresh.body), [dict(row) for row in fresh.proposals])
    return change_pack(fresh, body, proposals=rows, by=by)
