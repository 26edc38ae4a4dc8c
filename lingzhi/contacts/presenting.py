"""A conversation as its page shows it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.contacts.flow import Flow
from lingzhi.contacts.flow_figures import (
    Clear,
    Hourly,
    clear_of,
    last_weeks,
    seconds_of,
    todays,
)
from lingzhi.contacts.models import Channel, Congestion, Contact, OpenContact, OpenTurn, Turn
from lingzhi.contacts.queries.channels import Entry, hours_in_words, register
from lingzhi.core.languages import joined
from lingzhi.core.templatetags.talk import Mark
from lingzhi.kpis.presenting.figures import ShownFigure
from lingzhi.kpis.presenting.saying import say_limit
from lingzhi.kpis.queries.figures import NOTHING, Figure

TONES = ("bad", "good", "flow", "unknown")


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """One turn with everything `core/_turn.html` asks for."""

    pk: int
    seq: int
    role: str
    role_label: str
    at: str
    text: str
    marks: list[Mark]
    tone: str
    is_masked: bool
    note: str = ""
    start_ms: int | None = None


def shown_turns(contact: Contact | OpenContact, marks: dict[int, list[Mark]]) -> list[ShownTurn]:
    """The turns of a contact with what panels mark in them."""
    return [_shown(turn, marks.get(turn.seq, [])) for turn in contact.turns.order_by("seq")]


def _shown(turn: Turn | OpenTurn, marks: list[Mark]) -> ShownTurn:
    stars = [Mark(found.start(), found.end(), "mask") for found in re.finditer(r"\*+", turn.text)]
    tones = {mark.tone for mark in marks}
    return ShownTurn(
        pk=turn.pk,
        seq=turn.seq,
        role=turn.role,
        role_label=turn.get_role_display(),
        at=clock(turn.start_ms),
        text=turn.text,
        marks=[*marks, *(stars if turn.sealed else [])],
        tone=next((tone for tone in TONES if tone in tones), ""),
        is_masked=bool(turn.sealed),
        start_ms=turn.start_ms,
    )


def clock(milliseconds: int | None) -> str:
    """`01:05` from the start of the conversation; empty where the time is not known."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes:02d}:{seconds:02d}"


EXPORTED = (
    "external_id", "channel__code", "direction", "queue", "agent__staff_no", "agent__name",
    "unit__name", "started_at", "answered_at", "ended_at", "hold_seconds", "ring_count",
    "transfers", "ended_by", "outcome", "turn_count",
)  # fmt: skip


def export_header() -> list[Any]:
    """Column names of an export, in the reader's language."""
    labels = []
    for path in EXPORTED:
        name, _, inner = path.partition("__")
        field = User._meta.get_field(inner) if name == "agent" else Contact._meta.get_field(name)
        labels.append(str(getattr(field, "verbose_name", path)))
    return labels


@dataclass(frozen=True, slots=True)
class ShownChannel:
    """A channel of the register in words; `kept` is what came of its norm, `limit` its seconds."""

    entry: Entry
    hours: str
    limit: str
    kept: ShownFigure | None


def shown_channels(user: User) -> list[ShownChannel]:
    """The register of channels as this person reads it."""
    return [_shown_channel(one) for one in register(user)]


def _shown_channel(one: Entry) -> ShownChannel:
    norm = one.norm
    figure = one.kept or (Figure.of(norm.definition, NOTHING) if norm else None)
    return ShownChannel(
        entry=one,
        hours=hours_in_words(one.channel),
        limit=say_limit(one.limit) if one.limit else "",
        kept=ShownFigure(figure, norm) if figure else None,
    )


@dataclass(frozen=True, slots=True)
class ShownFlow:
    """A channel as it is now, what came of it today, and how long it was clear lately."""

    now: Flow
    today: Hourly
    clear: Clear
    causes: str

    @property
    def state(self) -> str:
        return self.now.state


def shown_flows(found: list[Flow]) -> list[ShownFlow]:
    """Those congested first."""
    sums, clear = todays([one.channel for one in found]), clear_of(*last_weeks())
    rows = [
        ShownFlow(
            one, sums.get(one.channel.pk, Hourly()), clear.get(one.channel.pk, Clear()),
            causes_in_words(one.causes or []),
        )
        for one in found
    ]  # fmt: skip
    order = ("congested", "clear", "unknown", "closed")
    return sorted(rows, key=lambda one: order.index(one.state))


def causes_in_words(causes: Iterable[str]) -> str:
    """Which limits were broken."""
    labels = dict(Congestion.Cause.choices)
    return joined(labels.get(one, one) for one in causes)


@dataclass(frozen=True, slots=True)
class ShownCongestion:
    """One congestion, in words, with the seconds it lasted or lasts."""

    row: Congestion
    causes: str
    seconds: int


def shown_congestions(rows: Iterable[Congestion]) -> list[ShownCongestion]:
    """Congestions in words."""
    return [ShownCongestion(one, causes_in_words(one.causes), seconds_of(one)) for one in rows]


def shown_shares(first: date, last: date) -> list[tuple[Channel, Clear]]:
    """How long each channel was clear, for those that were looked at."""
    found = clear_of(first, last)
    return [(one, found[one.pk]) for one in Channel.objects.filter(pk__in=found)]
