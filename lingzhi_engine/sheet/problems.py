"""What is wrong with a score sheet or an answer: every problem with its place, as a code."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MESSAGES: Mapping[str, str] = {
    "not_a_mapping": "must be a mapping of names to values",
    "not_a_list": "must be a list",
    "unknown_field": "there is no field {name!r} here",
    "missing": "is missing",
    "wrong_type": "must be {expected}",
    "bad_choice": "must be one of {choices}",
    "bad_code": "must be lower-case letters, digits and _",
    "duplicate_code": "is used twice",
    "too_small": "must be at least {minimum}",
    "too_large": "must be at most {maximum}",
    "too_long": "is longer than {maximum} characters",
    "few_answers": "needs at least two answers",
    "no_best_answer": "no answer gives all points",
    "no_items": "needs at least one item",
    "no_scored_items": "has no item that changes the score",
    "ends_reversed": "low must be below high",
    "needs_a_limit": "needs a lower or an upper limit",
    "count_needs_counted": "occurrences are counted only in a section of the kind counted",
    "counted_needs_count": "a counted section holds only counts, texts and dates",
    "points_zero": "must not be zero",
    "points_not_positive": "must be more than zero",
    "cap_direction": "must have the same sign as the points",
    "weights_sum": "the weights sum to {sum}, not to {full}",
    "points_sum": "the points sum to {sum}, not to {full}",
    "weight_missing": "the other sections have a weight, this one has none",
    "weight_elsewhere": "only rated sections have a weight",
    "start_with_rated": "a sheet with rated sections starts at nothing",
    "shown_unknown": "there is no choice {name!r} before this item",
    "shown_answer": "the item {item!r} has no answer {name!r}",
    "fill_answer": "there is no answer {name!r}",
    "fill_kind": "rules can answer a choice or a count only",
    "lines_reversed": "the line of excellence is below the line of passing",
    "unknown_item": "there is no item {name!r}",
    "unknown_answer": "there is no answer {name!r}",
    "unknown_cause": "there is no cause {name!r}",
    "na_not_allowed": "does-not-apply is not allowed here",
    "off_step": "must be {low} plus a whole number of steps of {step}",
    "not_a_date": "must be a date, year-month-day",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: ``place`` (``sections.attitude.items.greeting.points``) and what it is.

    ``code`` is a key of ``MESSAGES``; ``params`` fill its English sentence and serve a page that
    translates it.
    """

    code: str
    place: str = ""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        sentence = MESSAGES[self.code].format_map(dict(self.params))
        return f"{self.place}: {sentence}" if self.place else sentence


class InvalidSheet(ValueError):
    """The sheet, or what was answered, cannot be used; ``problems`` names everything at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))
