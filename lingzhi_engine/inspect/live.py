"""Inspects conversations that are still going on (实时质检).

The plan of the batch judges each conversation as far as it has gone, all that moved together. A hit
is told as soon as nothing that is said later can take it back; what needs the end waits for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from .batch import Batch, Bools
from .fields import OWN
from .findings import Findings, Part
from .logic import HIT
from .model import Conversation, Finding, Turn
from .plan import Plan
from .settled import Settled
from .specs.fields import LATE


class Live:
    """The open conversations of one plan.

    ``open`` one, ``add`` its turns as they are spoken, ask for the ``early`` hits, ``close`` it. A
    conversation either has times in all its turns or in none.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._open: dict[str, Conversation] = {}
        self._told: dict[str, set[str]] = {}
        self._moved: dict[str, None] = {}

    def __len__(self) -> int:
        return len(self._open)

    def __contains__(self, conversation: str) -> bool:
        return conversation in self._open

    def names(self) -> list[str]:
        """The ids of the open conversations."""
        return list(self._open)

    def open(self, conversation: Conversation, *, told: Iterable[str] = ()) -> None:
        """Takes up a conversation with the turns it has so far.

        ``told`` are the ids of rules whose hits were told before. ``ValueError`` when it is open.
        """
        if conversation.id in self._open:
            raise ValueError(f"conversation {conversation.id} is open already")
        _check(conversation.turns, conversation.turns)
        self._open[conversation.id] = conversation
        self._told[conversation.id] = set(told)
        if conversation.turns:
            self._moved[conversation.id] = None

    def add(self, conversation: str, turns: Iterable[Turn]) -> None:
        """Adds what was said; turns that are there already (by ``seq``) are passed over.

        ``KeyError`` when the conversation is not open, ``ValueError`` when times come or go.
        """
        known = self._open[conversation]
        last = known.turns[-1].seq if known.turns else 0
        fresh = tuple(turn for turn in turns if turn.seq > last)
        if not fresh:
            return
        _check(known.turns or fresh, fresh)
        self._open[conversation] = replace(known, turns=known.turns + fresh)
        self._moved[conversation] = None

    def early(self) -> list[Finding]:
        """The hits that are settled in the conversations that moved, each told once."""
        moved = [self._open[name] for name in self._moved]
        self._moved.clear()
        if not moved:
            return []
        batch = Batch.from_conversations(moved)
        board = self.plan.board(batch)
        state = self.plan.states(board)
        settled = Settled(self.plan, board)
        news = np.zeros(state.shape, dtype=bool)
        for place, row in np.argwhere(state == HIT).tolist():
            news[place, row] = self._is_news(settled, place, moved[row].id, row)
        if not news.any():
            return []
        judgement = self.plan.shown(board, state, news)
        return self._tell(Part(batch, judgement, board.scene.whys.pairs()), news)

    def _tell(self, part: Part, news: Bools) -> list[Finding]:
        findings = Findings(self.plan.rules, [part])
        told = [
            finding
            for row in np.flatnonzero(news.any(axis=0)).tolist()
            for finding in findings.of_rules(part, row, np.flatnonzero(news[:, row]).tolist())
        ]
        for one in told:
            self._told[one.conversation].add(one.rule)
        return told

    def _is_news(self, settled: Settled, column: int, conversation: str, row: int) -> bool:
        rule = self.plan.rules[column]
        return rule.id not in self._told[conversation] and settled.hits(rule, row)

    def close(self, conversation: str, **facts: Any) -> Conversation:
        """The whole conversation, for the batch; it is no longer open.

        ``facts`` may be the outcome, the end and further metadata; what was known stays.
        """
        known = self._open.pop(conversation)
        del self._told[conversation]
        self._moved.pop(conversation, None)
        given: Mapping[str, Any] = facts.get("meta") or {}
        fresh = {key: value for key, value in given.items() if key not in OWN}
        late = {name: facts[name] for name in LATE if facts.get(name) is not None}
        return replace(known, **late, meta={**fresh, **known.meta})


def _check(before: tuple[Turn, ...], turns: tuple[Turn, ...]) -> None:
    """Raises ``ValueError`` unless all turns have times as those ``before``, or none has."""
    timed = {
        turn.start_ms is not None and turn.end_ms is not None for turn in (*before[:1], *turns)
    }
    if len(timed) > 1:
        raise ValueError("a conversation has times in all its turns or in none")
