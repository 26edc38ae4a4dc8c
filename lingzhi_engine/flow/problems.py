"""What is wrong with a flow: every problem with its place, as a code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MESSAGES: Mapping[str, str] = {
    "not_a_mapping": "must be a mapping of names to values",
    "not_a_list": "must be a list",
    "not_true_or_false": "must be true or false",
    "unknown_field": "there is no field {name!r} here",
    "missing": "is missing",
    "bad_code": "must be lower-case letters, digits and _",
    "bad_choice": "must be one of {choices}",
    "duplicate_code": "is used twice",
    "too_many": "at most {most} are allowed",
    "unknown_state": "there is no state {name!r}",
    "no_closed": "no state is of the kind closed",
    "begins_ended": "a flow begins in a state of the kind open",
    "waiting_unexplained": "a transition to a state of the kind waiting asks for a reason",
    "unreachable": "no way leads here from the begin",
    "dead_end": "no way leads from here to a closed state",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem: `place` (`transitions.assign.to`) and what it is.

    `code` is a key of `MESSAGES`; `params` fill its English sentence and serve a page that
    translates it.
    """

    code: str
    place: str = ""
    params: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        sentence = MESSAGES[self.code].format_map(dict(self.params))
        return f"{self.place}: {sentence}" if self.place else sentence


class InvalidFlow(ValueError):
    """The flow cannot be used; `problems` names everything at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))
