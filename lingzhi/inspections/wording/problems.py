"""Every problem code of the engine as a sentence (`lingzhi_engine.inspect.problems`)."""

import re
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi_engine.inspect import Problem

PROBLEMS: dict[str, str | Promise] = {
    "not_readable": _("cannot be read: %(error)s"),
    "not_a_mapping": _("must be names with values"),
    "not_a_list": _("must be a list"),
    "unknown_field": _("there is no field “%(name)s” here"),
    "unknown_operator": _("there is no operator “%(name)s”"),
    "unknown_condition": _("there is no condition “%(name)s”"),
    "unknown_wordset": _("there is no word set “%(name)s”"),
    "unknown_level": _("the word set has no level “%(name)s”"),
    "missing": _("is missing"),
    "wrong_type": _("must be %(expected)s"),
    "bad_choice": _("must be one of: %(choices)s"),
    "too_small": _("must be at least %(minimum)s"),
    "too_large": _("must be at most %(maximum)s"),
    "empty": _("must not be empty"),
    "bad_id": _("must be written dimension.name, in lower-case letters"),
    "duplicate_id": _("is used by another rule"),
    "needs_one_of": _("needs one of: %(fields)s"),
    "conflict": _("cannot be used together: %(fields)s"),
    "bad_expression": _("%(error)s (at character %(position)s)"),
    "bad_pattern": _("%(error)s (at character %(position)s)"),
    "pattern_matches_empty": _("fits the empty text, and so everything"),
    "pattern_runaway": _("repeats a repetition and may take for ever"),
    "pattern_too_long": _("is longer than %(maximum)s characters"),
    "pattern_too_costly": _("is too costly to search for: %(error)s"),
    "anchor_cycle": _("the conditions hang on each other: %(names)s"),
    "not_locating": _("the condition “%(name)s” points at no turn and cannot be used here"),
    "staff_emotion": _(
        "must not be %(roles)s: the emotions of staff are judged only where the rule allows it"
    ),
    "not_in_order": _("“%(label)s” has no place in the order of emotions"),
    "bad_turn": _("cannot be read as a turn"),
    "no_examples": _("needs at least one example of: %(verdict)s"),
    "example_verdict": _("example %(number)s should give %(expected)s but gives %(actual)s"),
}
VERDICTS = {
    "hit": _("a hit"),
    "miss": _("no hit"),
    "na": _("does not apply"),
    "unknown": _("cannot be judged"),
}
EXPECTED = {
    "text": _("a text"),
    "text or texts by language": _("a text, or texts by language"),
    "true or false": _("true or false"),
    "a number": _("a number"),
    "a whole number": _("a whole number"),
    "a word": _("a word"),
    "a regular expression": _("a regular expression"),
    "a name of letters": _("a name of letters"),
    "the name of a condition": _("the name of a condition"),
    "a role or a list of roles": _("a role, or several"),
    "two labels or more": _("two labels or more"),
    "a value or a list of values": _("a value, or several"),
}
# What the reader of expressions says; a part in quotes is kept as it is.
ERRORS = (
    (r"(?P<what>'.*') is not expected here", _("%(what)s is not expected here")),
    (r"(?P<what>'.*') is missing", _("%(what)s is missing")),
    (r"a name is missing", _("a name is missing")),
    (r"a name must stand here", _("a name must stand here")),
    (r"a number is missing", _("a number is missing")),
    (r"atLeast needs .*", _("atLeast needs a number from 1 to the number of its conditions")),
    (r"seq needs .*", _("seq needs two conditions or more")),
    (r"the distance is .*", _("the distance is given in turns or s")),
    (r"unexpected end", _("it ends too early")),
    (r"unexpected \)", _("a bracket is closed that was not opened")),
    (r"this bracket is not closed", _("this bracket is not closed")),
    (r"this class is not closed", _("this class is not closed")),
    (r"nothing to repeat", _("there is nothing to repeat")),
    (r"repeated twice", _("this is repeated twice")),
)


def in_words(problem: Problem) -> str:
    """Place and sentence of a problem, with what was probably meant."""
    place = place_in_words(problem.field)
    return f"{place}: {sentence(problem)}" if place else sentence(problem)


def sentence(problem: Problem) -> str:
    """What is wrong, without the place."""
    params = {key: _parameter(key, value) for key, value in problem.params.items()}
    said = str(PROBLEMS[problem.code]) % params
    if not problem.hint:
        return said
    return gettext("%(said)s; did you mean “%(hint)s”?") % {"said": said, "hint": problem.hint}


def _parameter(key: str, value: Any) -> Any:
    if key in ("expected", "actual", "verdict"):
        return VERDICTS.get(value) or EXPECTED.get(value, value)
    if key == "error":
        return _error(str(value))
    return value


def _error(text: str) -> str:
    for pattern, words in ERRORS:
        found = re.fullmatch(pattern, text)
        if found:
            return str(words) % found.groupdict() if found.groupdict() else str(words)
    return text


FIELDS = {
    "id": _("Code"),
    "title": _("Title"),
    "why": _("Why it matters"),
    "dimension": _("Dimension"),
    "severity": _("Severity"),
    "channels": _("Channels"),
    "directions": _("Directions"),
    "scope": _("Where it looks"),
    "conditions": _("Conditions"),
    "when": _("Hit when"),
    "applies_when": _("Applies only when"),
    "effect": _("Effect"),
    "wordsets": _("Word sets"),
    "tests": _("Examples"),
}


def place_in_words(field: str) -> str:
    """`conditions.a.words.2` as a path in the reader's words."""
    head, _dot, rest = field.partition(".")
    parts = [str(FIELDS.get(head, head)), *(rest.split(".") if rest else [])]
    return " › ".join(part for part in parts if part)
