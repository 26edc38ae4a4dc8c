"""Conditions on what was said against what was written down, plainly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .. import reasons
from ..entities import digits
from ..fold import fold
from ..likeness import letters_of, pairs
from ..model import Evidence, Verdict
from ..quantities import figures, without_numbers
from ..related import Record
from ..specs import Claim, InTickets, Phrases
from .scope import Result, Undecided
from .view import Place, View, absent, in_order, verdict

_CLAUSE = re.compile(r"[^。！？!?；;]+")


def recorded(spec: InTickets, view: View) -> Result:
    """See ``specs.InTickets``."""
    view.require(*(said.roles for said in spec.phrases))
    types = [(said, places) for said in spec.types if (places := view.places(said))]
    facts = [(said, place) for said in spec.facts for place in view.places(said)]
    words = [(said, places[0]) for said in spec.words if (places := view.places(said))]
    if not types and not facts and not words:
        raise Undecided(Verdict.NA, reasons.NO_TRIGGER)
    records = view.related("tickets")
    otherwise = list(_otherwise(spec, types[:1], records))
    omitted = [
        Evidence(*place, reason=reasons.OMITTED, detail=said.name)
        for said, place in facts
        if not _has_fact(said.name, view.text(place[0])[place[1] : place[2]], records)
    ]
    omitted += [
        Evidence(*place, reason=reasons.OMITTED, detail=said.name)
        for said, place in words
        if not _has_words(said, records)
    ]
    if otherwise or len(omitted) > spec.max_omissions:
        return Result(verdict(False), in_order([*otherwise, *omitted]))
    agreeing = [places[0] for _, places in types[:1]] + [place for _, place in facts + words]
    return Result(verdict(True), in_order(Evidence(*place) for place in agreeing))


def _otherwise(
    spec: InTickets, types: Sequence[tuple[Phrases, list[Place]]], records: Sequence[Record]
) -> Iterator[Evidence]:
    """The type that was said, where no ticket has it."""
    for said, places in types:
        names = [fold(name.strip()) for name in said.name.split("|")]
        kinds = [str(record.get(spec.type_field) or "") for record in records]
        if not any(name in _path(kind) for kind in kinds for name in names):
            detail = f"{said.name.replace('|', '/')} | {', '.join(filter(None, kinds))}"
            yield Evidence(*places[0], reason=reasons.RECORDED_OTHERWISE, detail=detail)


def _path(kind: str) -> list[str]:
    """The whole of a type and the parts of its path."""
    plain = fold(kind)
    return [plain, *(part.strip() for part in re.split(r"[/>\\｜|-]", plain))]


def _texts(records: Sequence[Record]) -> list[str]:
    """What stands in the fields of each ticket."""
    return ["\n".join(_values(record)) for record in records]


def _values(record: Record) -> Iterator[str]:
    for field, value in record.items():
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            yield f"{value:g}元" if field == "amount" and not isinstance(value, str) else str(value)


def _has_fact(kind: str, said: str, records: Sequence[Record]) -> bool:
    if kind in ("amount", "date"):
        wanted = figures(_as_date(said)) or {fold(said)}
        return any(wanted <= figures(_as_date(text)) for text in _texts(records))
    number = digits(said)
    return any(number in digits(text) for text in _texts(records))


def _as_date(text: str) -> str:
    """2026-03-05 as 3月5日, so that dates compare however they are written."""
    return re.sub(r"\d{4}-0?(\d{1,2})-0?(\d{1,2})", r"\1月\2日", text.replace("号", "日"))


def _has_words(said: Phrases, records: Sequence[Record]) -> bool:
    wanted = {fold(name.strip()) for name in said.name.split("|")}
    wanted |= {fold(pattern.source) for pattern in said.patterns if pattern.is_word}
    return any(word in fold(text) for text in _texts(records) for word in wanted)


def claim(spec: Claim, view: View) -> Result:
    """See ``specs.Claim``."""
    view.require(spec.claims.roles)
    places = [p for p in view.places(spec.claims) if not view.found(spec.exclude, p[0])]
    clauses = {clause for place in places for clause in _around(view, place)}
    if not clauses:
        return Result(verdict(False), absent(0.0, float(spec.min_hits)))
    articles = [
        (figures(text), _pairs(text)) for text in map(_article, view.related("knowledge")) if text
    ]
    found = []
    for turn, start, end in sorted(clauses):
        text = view.text(turn)[start:end]
        wanted = figures(text)
        likeness = max((_share(text, p) for f, p in articles if wanted <= f), default=0.0)
        if likeness < spec.likeness:
            detail = ", ".join(sorted(wanted)) or None
            found.append(Evidence(turn, start, end, likeness, spec.likeness, None,
                                  reasons.UNSUPPORTED, detail))  # fmt: skip
    if len(found) < spec.min_hits:
        return Result(verdict(False), absent(float(len(found)), float(spec.min_hits)))
    return Result(verdict(True), in_order(found))


def _article(record: Record) -> str:
    """All that an article says: title and text, question and answer."""
    values = (record.get(field) for field in ("title", "question", "text", "answer"))
    return "\n".join(
        str(one)
        for value in values
        for one in (value if isinstance(value, list) else [value])
        if one
    )


def _around(view: View, place: Place) -> Iterator[Place]:
    """The clauses that the place touches."""
    turn, start, end = place
    for clause in _CLAUSE.finditer(view.text(turn)):
        if clause.start() < end and start < clause.end():
            yield turn, clause.start(), clause.end()


def _pairs(text: str) -> set[str]:
    return pairs(letters_of(without_numbers(fold(text))))


def _share(text: str, known: set[str]) -> float:
    """The share of the pairs of ``text`` that are ``known``."""
    mine = _pairs(text)
    return len(mine & known) / len(mine) if mine else 1.0
