"""A flow that was read: frozen, and whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Texts = Mapping[str, str]


class Kind(StrEnum):
    """What a state means to clocks and lists, whatever a centre calls it."""

    OPEN = "open"
    WAITING = "waiting"  # for somebody outside: clocks that may stop do
    SOLVED = "solved"  # the work is done; the customer has not been told
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands. `title` by language (`zh-Hans`, `en`)."""

    code: str
    kind: Kind
    title: Texts


@dataclass(frozen=True, slots=True)
class Transition:
    """A step from any of `sources` to `target`.

    `needs` are fields of the case that must be filled before it (必填项). Only who holds
    `capability` may take it and, where `post` is named, who holds that post (责任岗位).
    `meets` are kinds of clocks that the step answers beside those that states answer by themselves.
    A step `by_act` belongs to an act with facts of its own, such as signing for an order (签收):
    nobody takes it without that act.
    """

    code: str
    sources: tuple[str, ...]
    target: str
    title: Texts
    needs: tuple[str, ...] = ()
    capability: str = ""
    post: str = ""
    asks_reason: bool = False
    meets: tuple[str, ...] = ()
    by_act: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """States and transitions by code, in the order in which they were written."""

    title: Texts
    begins: str
    states: Mapping[str, State]
    transitions: Mapping[str, Transition]

    def from_state(self, code: str) -> tuple[Transition, ...]:
        """The transitions that lead out of a state."""
        return tuple(one for one in self.transitions.values() if code in one.sources)

    def kind_of(self, code: str) -> Kind:
        """What a state of this flow means."""
        return self.states[code].kind
