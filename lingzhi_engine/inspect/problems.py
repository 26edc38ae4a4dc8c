"""What is wrong with a rule set: every problem with its place, as a code with parameters."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

LARGEST = 2**53  # of numbers in rules and times: so far floats count one by one

MESSAGES: Mapping[str, str] = {
    "not_readable": "cannot be read: {error}",
    "not_a_mapping": "must be a mapping of names to values",
    "not_a_list": "must be a list",
    "unknown_field": "there is no field {name!r} here",
    "unknown_operator": "there is no operator {name!r}",
    "unknown_condition": "there is no condition {name!r}",
    "unknown_wordset": "there is no word set {name!r}",
    "unknown_level": "the word set has no level {name!r}",
    "missing": "is missing",
    "wrong_type": "must be {expected}",
    "bad_choice": "must be one of {choices}",
    "too_small": "must be at least {minimum}",
    "too_large": "must be at most {maximum}",
    "empty": "must not be empty",
    "bad_id": "must be written dimension.name in lower case",
    "duplicate_id": "is used twice",
    "needs_one_of": "needs one of {fields}",
    "conflict": "{fields} cannot be used together",
    "bad_expression": "{error} at position {position}",
    "bad_pattern": "{error} at position {position}",
    "pattern_matches_empty": "matches the empty text and so everywhere",
    "pattern_runaway": "repeats a repetition and may take for ever",
    "pattern_too_long": "is longer than {maximum} characters",
    "pattern_too_costly": "stands for more than {maximum} characters, repetitions written out",
    "anchor_cycle": "conditions hang on each other: {names}",
    "not_locating": "condition {name!r} does not point at turns and cannot be used here",
    "staff_emotion": "must not be {roles}: emotions of staff need allow_agent: true",
    "not_in_order": "{label!r} has no place in the order of emotions",
    "bad_turn": "cannot be read as a turn",
    "no_examples": "needs at least one example of {verdict}",
    "example_verdict": "example {number} should be {expected} but is {actual}",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: where it is and what it is.

    ``code`` is a key of ``MESSAGES``; ``params`` fill its English sentence and serve a page that
    translates it. ``hint`` is the name that was probably meant.
    """

    code: str
    rule: str | None = None
    field: str = ""
    file: str | None = None
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    hint: str | None = None

    @property
    def place(self) -> str:
        """File, rule and field as one readable address."""
        return ": ".join(part for part in (self.file, self.rule, self.field) if part)

    @property
    def message(self) -> str:
        """The English sentence, with the guess at what was meant."""
        sentence = MESSAGES[self.code].format_map(dict(self.params))
        return f"{sentence}; did you mean {self.hint!r}?" if self.hint else sentence

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class InvalidRules(ValueError):
    """The rule set cannot be used; this is not the same as a rule that is violated."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class FieldProblem(ValueError):
    """Raised while reading one field; the reader of the rule adds the place."""

    def __init__(
        self, code: str, field: str = "", *, hint: str | None = None, **params: object
    ) -> None:
        self.code, self.field, self.hint, self.params = code, field, hint, params
        super().__init__(code)

    def within(self, *fields: str) -> FieldProblem:
        """The same problem, seen from outside: ``fields`` are put before its own field."""
        self.field = ".".join(part for part in (*fields, self.field) if part)
        return self

    def at(self, *, rule: str | None, field: str, file: str | None) -> Problem:
        """The problem with its full place; the field's own name is put behind ``field``."""
        self.within(field)
        return Problem(self.code, rule, self.field, file, self.params, self.hint)


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """The known name nearest to what was written, or ``None`` when nothing is near."""
    near = get_close_matches(name, map(str, known), n=1, cutoff=0.6)
    return near[0] if near else None
