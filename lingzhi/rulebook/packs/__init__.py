"""Rule packs (规则包): reading, checking, inheriting, resolving, wording."""

from lingzhi.rulebook.packs.checking import problems_of
from lingzhi.rulebook.packs.content import (
    Body,
    ClauseBody,
    Content,
    ControlBody,
    Figure,
    content_of,
    said,
)
from lingzhi.rulebook.packs.editing import added_clause, removed_clause, replaced_clause
from lingzhi.rulebook.packs.problems import PackProblem, PackProblems, UnknownPack
from lingzhi.rulebook.packs.reading import (
    body_of_pack,
    checked_pack,
    pack_codes,
    problems_of_own,
    shipped_codes,
    source_of,
)
from lingzhi.rulebook.packs.resolving import Answers, Resolved, resolve
from lingzhi.rulebook.packs.wording import (
    Piece,
    in_all_languages,
    param_of,
    pieces,
    say,
    say_value,
    words_asked_once,
)

__all__ = [
    "Answers",
    "Body",
    "ClauseBody",
    "Content",
    "ControlBody",
    "Figure",
    "PackProblem",
    "PackProblems",
    "Piece",
    "Resolved",
    "UnknownPack",
    "added_clause",
    "body_of_pack",
    "checked_pack",
    "content_of",
    "in_all_languages",
    "pack_codes",
    "param_of",
    "pieces",
    "problems_of",
    "problems_of_own",
    "removed_clause",
    "replaced_clause",
    "resolve",
    "said",
    "say",
    "say_value",
    "shipped_codes",
    "source_of",
    "words_asked_once",
]
