"""Declares the parameters of operators and reads them from a rule file.

The declaration is used three times: to find mistakes, to draw the editor, to write the reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from . import graphs
from .pattern import pattern as patterns
from .pattern.pattern import Pattern
from .problems import LARGEST, FieldProblem, did_you_mean
from .scope import roles_from
from .specs import Edge, Node, Phrases

Wordsets: TypeAlias = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter: ``kind`` says how it is written, ``doc`` what it means.

    Kinds: text, flag, integer, number, choice, choices, words, synonyms, pattern, phrases,
    phrase_list, roles, distance, value, wordset, nodes, edges.
    """

    name: str
    kind: str
    doc: str
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What readers need beside the value."""

    fold: bool
    case: bool
    wordsets: Wordsets


Values: TypeAlias = dict[str, Any]


def read(
    params: Sequence[Param], data: Mapping[str, Any], wordsets: Wordsets
) -> tuple[Values, list[FieldProblem]]:
    """The values of ``params`` in ``data``, defaults filled in, and everything that is wrong."""
    problems = list(_unknown(params, data))
    reading = Reading(
        data.get("fold") is not False, data.get("case_sensitive") is True, wordsets=wordsets
    )
    values: Values = {}
    for param in params:
        values[param.name] = param.default
        if data.get(param.name) is None:
            if param.required:
                problems.append(FieldProblem("missing", param.name))
            continue
        try:
            values[param.name] = _READERS[param.kind](data[param.name], param, reading)
        except FieldProblem as problem:
            problems.append(problem.within(param.name))
    return values, problems


def _unknown(params: Sequence[Param], data: Mapping[str, Any]) -> Iterator[FieldProblem]:
    known = [param.name for param in params]
    for name in data:
        if name not in known:
            hint = did_you_mean(str(name), known)
            yield FieldProblem("unknown_field", str(name), hint=hint, name=name)


def _text(value: object, param: Param, reading: Reading) -> str:
    if not isinstance(value, str):
        raise FieldProblem("wrong_type", expected="text")
    if not value.strip():
        raise FieldProblem("empty")
    return value


def _flag(value: object, param: Param, reading: Reading) -> bool:
    if not isinstance(value, bool):
        raise FieldProblem("wrong_type", expected="true or false")
    return value


def _number(value: object, param: Param, reading: Reading) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise FieldProblem("wrong_type", expected="a number")
    if not -LARGEST <= value <= LARGEST:  # no number and endless ones too
        raise FieldProblem("too_large", maximum=LARGEST)
    if param.minimum is not None and value < param.minimum:
        raise FieldProblem("too_small", minimum=param.minimum)
    if param.maximum is not None and value > param.maximum:
        raise FieldProblem("too_large", maximum=param.maximum)
    return value


def _integer(value: object, param: Param, reading: Reading) -> int:
    if not isinstance(value, int):
        raise FieldProblem("wrong_type", expected="a whole number")
    return int(_number(value, param, reading))


def _choice(value: object, param: Param, reading: Reading) -> str:
    if value not in param.choices:
        hint = did_you_mean(str(value), param.choices)
        raise FieldProblem("bad_choice", hint=hint, choices=", ".join(param.choices))
    return str(value)


def _choices(value: object, param: Param, reading: Reading) -> tuple[str, ...]:
    return tuple(_choice(item, param, reading) for item in _list(value))


def _list(value: object) -> list[Any]:
    items = value if isinstance(value, list) else [value]
    if not items:
        raise FieldProblem("empty")
    return items


def _words(value: object, param: Param, reading: Reading) -> tuple[Pattern, ...]:
    return _numbered(_list(value), lambda item: _word(item, reading))


def _word(value: object, reading: Reading) -> Pattern:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # 12315 is written without quotes
    if not isinstance(value, str):
        raise FieldProblem("wrong_type", expected="a word")
    return patterns.word(value, fold=reading.fold, case=reading.case)


def _numbered(items: list[Any], reader: Callable[[Any], Any]) -> tuple[Any, ...]:
    """``items`` read one by one, each value once; a problem names the item's number."""
    found = []
    for number, item in enumerate(items, start=1):
        try:
            found.append(reader(item))
        except FieldProblem as problem:
            raise problem.within(str(number)) from None
    return tuple(dict.fromkeys(found))


def _pattern(value: object, param: Param, reading: Reading) -> tuple[Pattern, ...]:
    return _numbered(_list(value), lambda item: _expression(item, reading))


def _expression(value: object, reading: Reading) -> Pattern:
    if not isinstance(value, str):
        raise FieldProblem("wrong_type", expected="a regular expression")
    return patterns.expression(value, fold=reading.fold, case=reading.case)


def _synonyms(value: object, param: Param, reading: Reading) -> Mapping[str, tuple[Pattern, ...]]:
    if not isinstance(value, Mapping):
        raise FieldProblem("not_a_mapping")
    return {str(word): _words(others, param, reading) for word, others in value.items()}


_PHRASES = ("words", "pattern", "role", "name")


def _phrases(value: object, param: Param, reading: Reading) -> Phrases:
    if not isinstance(value, Mapping):
        return Phrases(_words(value, param, reading), name=str(_list(value)[0]))
    for name in value:
        if name not in _PHRASES:
            hint = did_you_mean(str(name), _PHRASES)
            raise FieldProblem("unknown_field", str(name), hint=hint, name=name)
    found: tuple[Pattern, ...] = ()
    if "words" in value:
        found += _within("words", lambda: _words(value["words"], param, reading))
    if "pattern" in value:
        found += _within("pattern", lambda: _pattern(value["pattern"], param, reading))
    if not found:
        raise FieldProblem("needs_one_of", fields="words, pattern")
    roles = roles_from(value["role"]) if "role" in value else ()
    return Phrases(found, roles, str(value.get("name", found[0].source)))


def _within(field: str, reader: Callable[[], tuple[Pattern, ...]]) -> tuple[Pattern, ...]:
    try:
        return reader()
    except FieldProblem as problem:
        raise problem.within(field) from None


def _phrase_list(value: object, param: Param, reading: Reading) -> tuple[Phrases, ...]:
    if not isinstance(value, list):
        raise FieldProblem("not_a_list")
    return _numbered(_list(value), lambda item: _phrases(item, param, reading))


def _roles(value: object, param: Param, reading: Reading) -> tuple[str, ...]:
    return roles_from(value, "")


def _distance(value: object, param: Param, reading: Reading) -> tuple[str, float]:
    """``{turns: 3}``: exactly one of the declared units with its number."""
    if not isinstance(value, Mapping) or len(value) != 1:
        raise FieldProblem("wrong_type", expected=" or ".join(f"{{{u}: 3}}" for u in param.choices))
    unit, amount = next(iter(value.items()))
    if unit not in param.choices:
        hint = did_you_mean(str(unit), param.choices)
        raise FieldProblem("unknown_field", str(unit), hint=hint, name=unit)
    return str(unit), _number(amount, param, reading)


def _value(value: object, param: Param, reading: Reading) -> tuple[object, ...]:
    items = _list(value)
    if any(isinstance(item, list | dict) for item in items):
        raise FieldProblem("wrong_type", expected="a value or a list of values")
    return tuple(items)


def _wordset(value: object, param: Param, reading: Reading) -> Mapping[str, tuple[Pattern, ...]]:
    """The words of the named sets by level; a set written as a plain list has the level ``""``."""
    levels: dict[str, tuple[Pattern, ...]] = {}
    for name in map(str, _list(value)):
        if name not in reading.wordsets:
            hint = did_you_mean(name, reading.wordsets)
            raise FieldProblem("unknown_wordset", hint=hint, name=name)
        for level, words in reading.wordsets[name].items():
            found = (*levels.get(level, ()), *(_word(word, reading) for word in words))
            levels[level] = tuple(dict.fromkeys(found))
    return levels


def _nodes(value: object, param: Param, reading: Reading) -> tuple[Node, ...]:
    return graphs.nodes(value, lambda said: _phrases(said, param, reading))


def _edges(value: object, param: Param, reading: Reading) -> tuple[Edge, ...]:
    return graphs.edges(value, lambda said: _phrases(said, param, reading))


_READERS: Mapping[str, Callable[[Any, Param, Reading], Any]] = {
    "text": _text,
    "flag": _flag,
    "integer": _integer,
    "number": _number,
    "choice": _choice,
    "choices": _choices,
    "words": _words,
    "synonyms": _synonyms,
    "pattern": _pattern,
    "phrases": _phrases,
    "phrase_list": _phrase_list,
    "roles": _roles,
    "distance": _distance,
    "value": _value,
    "wordset": _wordset,
    "nodes": _nodes,
    "edges": _edges,
}
KINDS = tuple(_READERS)
