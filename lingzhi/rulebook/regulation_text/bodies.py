"""Regulations in the form of the pack schema, and proposals in the form they are kept in."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from lingzhi.core.terms import TERMS
from lingzhi.rulebook.regulation_text.articles import Article, RegulationText
from lingzhi.rulebook.regulation_text.proposals import Found, Proposal, Vocabulary, zh
from lingzhi.rulebook.regulation_text.proposing import one_per_post, proposals_of

MAX_PROPOSALS = 2000

Row = dict[str, Any]


def body_of(regulation: RegulationText) -> Row:
    """The content of a pack: one language, every clause without controls yet."""
    front = regulation.front
    texts = " ".join(article.text for article in regulation.articles)
    body: Row = {
        "edition": 1,
        "title": zh(regulation.title),
        "terms": {"customer": term_of(texts)},
        "basis": [zh(text) for text in front.basis],
        "principles": [zh(text) for text in front.principles],
        "clauses": [_clause(article) for article in regulation.articles],
    }
    for name in ("purpose", "applies_to", "interpreter"):
        if text := getattr(front, name):
            body[name] = zh(plain(text))
    return body


def term_of(text: str) -> str:
    """What the people served are called: the word that the regulation uses most.

    >>> term_of("对宾客热情，宾客离店时道别；客户档案另行规定。")
    '宾客'
    """
    return max(TERMS, key=text.count)


def plain(text: str) -> str:
    """Braces would be places for figures: {ring.limit}."""
    return re.sub(r"[{}]", lambda brace: "｛" if brace[0] == "{" else "｝", text)


def _clause(article: Article) -> Row:
    clause: Row = {"number": article.number, "force": article.force, "controls": []}
    if article.title:
        clause["title"] = zh(plain(article.title))
    if article.lines:
        clause["text"] = zh(plain(article.text))
    return clause


def proposal_rows(clauses: Iterable[Row], vocabulary: Vocabulary, *, first: int = 1) -> list[Row]:
    """Everything proposed for these clauses, as rows that nobody has decided about yet."""
    found = (
        (clause["number"], proposal)
        for clause in clauses
        for proposal in proposals_of(words_of(clause), title_of(clause), vocabulary)
    )
    kept = [pair for pair, _place in zip(one_per_post(found), range(MAX_PROPOSALS), strict=False)]
    return [row_of(number, one, at) for at, (number, one) in enumerate(kept, start=first)]


def words_of(clause: Mapping[str, Any]) -> str:
    """The text of a clause in the language it was brought in."""
    return str((clause.get("text") or {}).get("zh-Hans", ""))


def title_of(clause: Mapping[str, Any]) -> str:
    return str((clause.get("title") or {}).get("zh-Hans", ""))


def row_of(number: str, proposal: Proposal, at: int) -> Row:
    """A proposal as it is kept: its place, its control, and what was decided ("" nothing)."""
    return {
        "id": at,
        "number": number,
        "start": proposal.start,
        "end": proposal.end,
        "decision": "",
        "control": {
            "key": f"c{at}",
            "kind": proposal.kind,
            "title": zh(plain(proposal.title)),
            "with": dict(proposal.fixed),
            "figures": {name: _figure(found) for name, found in proposal.figures.items()},
        },
        "blanks": {
            name: list(found.blank) for name, found in proposal.figures.items() if found.blank
        },
    }


def _figure(found: Found) -> Row:
    figure: Row = {"mark": found.mark}
    if found.value is not None:
        figure["value"] = found.value
    if found.unit:
        figure["unit"] = found.unit
    if found.ask:
        figure["ask"] = zh(found.ask)
    return figure
