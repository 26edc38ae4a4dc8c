"""Reads the steps and ways of a flow from a rule file (``conv.flow``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

from .problems import FieldProblem, did_you_mean
from .specs import Edge, Node, Phrases

ReadPhrases: TypeAlias = Callable[[Any], Phrases]

_NODE = ("id", "name", "score", "optional", "turns", "to")
_SAID = ("words", "pattern", "role")
_EDGE = ("from", "to", "when", "turns")


def nodes(value: object, read: ReadPhrases) -> tuple[Node, ...]:
    """Steps, each ``{id, words, pattern, role, score, optional, turns}`` with an id of its own."""
    found = _numbered(value, lambda item: _node(item, read))
    ids = [node.id for node in found]
    for number, one in enumerate(ids, start=1):
        if one in ids[: number - 1]:
            raise FieldProblem("duplicate_id", f"{number}.id")
    return found


def edges(value: object, read: ReadPhrases) -> tuple[Edge, ...]:
    """Ways, each ``{from, to, when, turns}``."""
    return _numbered(value, lambda item: _edge(item, read))


def check(steps: Sequence[Node], field: str, named: Sequence[tuple[str, str | None]]) -> None:
    """Raises ``FieldProblem`` where a name stands for no step."""
    ids = [step.id for step in steps]
    for place, name in named:
        if name is not None and name not in ids:
            hint = did_you_mean(name, ids)
            raise FieldProblem("unknown_field", f"{field}.{place}".strip("."), hint=hint, name=name)


def _numbered(value: object, read: Callable[[Any], Any]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise FieldProblem("not_a_list")
    if not value:
        raise FieldProblem("empty")
    found = []
    for number, item in enumerate(value, start=1):
        try:
            found.append(read(item))
        except FieldProblem as problem:
            raise problem.within(str(number)) from None
    return tuple(found)


def _mapping(item: object, known: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(item, Mapping):
        raise FieldProblem("not_a_mapping")
    for name in item:
        if name not in known:
            hint = did_you_mean(str(name), known)
            raise FieldProblem("unknown_field", str(name), hint=hint, name=name)
    return item


def _node(item: object, read: ReadPhrases) -> Node:
    given = _mapping(item, _NODE + _SAID)
    name = given.get("id")
    if not isinstance(name, str) or not name.strip():
        raise FieldProblem("missing", "id")
    said = read({key: given[key] for key in _SAID if key in given} | {"name": name})
    score = given.get("score", 1)
    if isinstance(score, bool) or not isinstance(score, int | float):
        raise FieldProblem("wrong_type", "score", expected="a number")
    if score < 0:
        raise FieldProblem("too_small", "score", minimum=0)
    to = given.get("to")
    return Node(
        name,
        said,
        float(score),
        bool(given.get("optional", False)),
        _turns(given),
        None if to is None else str(to),
    )


def _edge(item: object, read: ReadPhrases) -> Edge:
    given = _mapping(item, _EDGE)
    for end in ("from", "to"):
        if not isinstance(given.get(end), str):
            raise FieldProblem("missing", end)
    when = given.get("when")
    try:
        said = None if when is None else read(when)
    except FieldProblem as problem:
        raise problem.within("when") from None
    return Edge(given["from"], given["to"], said, _turns(given))


def _turns(given: Mapping[str, Any]) -> int | None:
    turns = given.get("turns")
    if turns is None:
        return None
    if isinstance(turns, bool) or not isinstance(turns, int):
        raise FieldProblem("wrong_type", "turns", expected="a whole number")
    if turns < 0:
        raise FieldProblem("too_small", "turns", minimum=0)
    return turns
