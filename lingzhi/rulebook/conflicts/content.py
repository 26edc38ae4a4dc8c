"""A conflict: its two sides, what may be decided, and how it is said."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.rulebook.packs import say

FIRST, SECOND, KEEP = "first", "second", "keep"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the values that do not agree, and where it stands.

    `regulation` is what another regulation in force is called, empty for the one at hand;
    `regulation_id` tells which it is, whatever it is called.
    """

    regulation: str
    number: str
    key: str
    kind: str
    param: str
    value: Any
    unit: str = ""
    case: str = ""
    channel: str = ""
    is_strict: bool = False
    regulation_id: int | None = None
    sets: Mapping[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The clause, with its regulation where it is another."""
        if self.regulation:
            return _("%(number)s of %(regulation)s") % {
                "number": self.number, "regulation": self.regulation
            }  # fmt: skip
        return self.number

    @property
    def said(self) -> str:
        """The value as people say it."""
        return say(self.kind, self.param, self.value, self.unit)

    @property
    def channel_said(self) -> str:
        return say(self.kind, "channel", self.channel) if self.channel else _("every channel")

    @property
    def mark(self) -> list[Any]:
        """What a decision is about: when it changes, the decision is open again."""
        return [self.value, self.unit, self.is_strict]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two sides that do not agree and what may be decided; `decision` is empty until then.

    `kind` is limits, measures (of which none stands for the other), urgent, channels, strictness
    or weights (which has one side only). `key` stays the same while clauses keep their numbers and
    controls their keys. Earlier it held the title of the other regulation: a decision under one of
    the `former_keys` still counts. `ring_seconds` is how long a ring lasts where the adopter
    assumes it: it shows both sides in seconds and changes nothing that is counted.
    """

    key: str
    kind: str
    first: Side
    second: Side | None
    choices: tuple[str, ...]
    decision: str = ""
    reason: str = ""
    former_keys: tuple[str, ...] = ()
    ring_seconds: float | None = None

    @property
    def is_decided(self) -> bool:
        return bool(self.decision)

    @property
    def sentence(self) -> str:
        """What does not agree, in the active language."""
        first, second = self.first, self.second or self.first
        return _SENTENCES[self.kind]() % {
            "first": first.place,
            "second": second.place,
            "a": first.said,
            "b": second.said,
            "a_channel": first.channel_said,
            "b_channel": second.channel_said,
        }

    def stored(self, choice: str, reason: str) -> dict[str, Any]:
        """The decision as the version keeps it."""
        sides = {"first": asdict(self.first)} | (
            {"second": asdict(self.second)} if self.second else {}
        )
        assumed = {} if self.ring_seconds is None else {"ring_seconds": self.ring_seconds}
        return {"choice": choice, "reason": reason, "kind": self.kind, **assumed, **sides}

    @property
    def sides(self) -> tuple[Side, ...]:
        return (self.first,) if self.second is None else (self.first, self.second)


_SENTENCES: dict[str, Callable[[], str]] = {
    "limits": lambda: _("Clauses %(first)s and %(second)s limit the same: %(a)s and %(b)s."),
    "measures": lambda: _(
        "Clauses %(first)s and %(second)s limit the same by two kinds of measure, of which neither "
        "stands for the other: %(a)s and %(b)s."
    ),
    "urgent": lambda: _(
        "Urgent matters get %(a)s in clause %(first)s, other ones %(b)s in clause %(second)s: "
        "the urgent limit is looser."
    ),
    "channels": lambda: _(
        "The same is to hold on every channel, but clause %(first)s says %(a)s for %(a_channel)s "
        "and clause %(second)s %(b)s for %(b_channel)s."
    ),
    "strictness": lambda: _(
        "Clauses %(first)s and %(second)s both say %(a)s, but one counts the bound itself and the "
        "other does not."
    ),
    "weights": lambda: _("The weights in clause %(first)s sum to %(a)s, not to 100."),
}
