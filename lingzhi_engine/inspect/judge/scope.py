"""Scopes as masks over the turns of a batch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from .. import reasons
from ..batch import Batch, Bools, Ints
from ..scope import Anchor, Quantifier, Scope
from .rows import Whys


@dataclass(frozen=True, slots=True)
class Needs:
    """What a condition needs before it can be judged: these roles, in this order, and times."""

    roles: tuple[tuple[str, ...], ...] = ()
    turns: bool = True
    times: bool = False


class Masks:
    """The masks and counts of one batch, each worked out once."""

    def __init__(self, batch: Batch, whys: Whys) -> None:
        self.batch = batch
        self.whys = whys
        self._of_roles: dict[tuple[str, ...], Bools] = {}
        self._turns: dict[tuple[str, ...], Ints] = {}
        self._ranks: dict[tuple[str, ...], Ints] = {}
        self._of_scope: dict[Scope, Bools] = {}
        self._lacking: dict[Needs, Ints] = {}

    def of_roles(self, roles: tuple[str, ...]) -> Bools:
        """The turns of ``roles``, all turns when there are none."""
        if roles not in self._of_roles:
            codes, names = self.batch.roles
            spoken = np.array([not roles or name in roles for name in names], dtype=bool)
            self._of_roles[roles] = spoken[codes] if len(codes) else np.zeros(0, bool)
        return self._of_roles[roles]

    def turns_of(self, roles: tuple[str, ...]) -> Ints:
        """The numbers of the turns of ``roles``."""
        if roles not in self._turns:
            self._turns[roles] = np.flatnonzero(self.of_roles(roles))
        return self._turns[roles]

    def rank(self, roles: tuple[str, ...]) -> Ints:
        """How many turns of ``roles`` are before each turn of the batch, and before its end."""
        if roles not in self._ranks:
            counted = np.cumsum(self.of_roles(roles), dtype=np.int64)
            self._ranks[roles] = np.concatenate([np.zeros(1, np.int64), counted])
        return self._ranks[roles]

    def of_scope(self, scope: Scope) -> Bools:
        """The turns within the limits of ``scope``, its anchor aside."""
        mask = self._of_scope.get(scope)  # one look only: the key is large
        if mask is None:
            bare = replace(scope, anchor=None, quantifier=Quantifier())
            mask = self._of_scope[bare] if bare in self._of_scope else self._within(bare)
            self._of_scope[scope] = self._of_scope[bare] = mask
        return mask

    def _within(self, scope: Scope) -> Bools:
        mask = self.of_roles(scope.roles)
        for low, high in scope.windows:
            mask = mask & self._window(scope.counted_roles, low, high)
        return mask & self._span(scope) if scope.needs_times else mask

    def _window(self, roles: tuple[str, ...], low: int, high: int | None) -> Bools:
        rank, bounds, of = self.rank(roles), self.batch.bounds, self.batch.conversation_of
        place = rank[1:] - rank[bounds[:-1]][of]
        count = (rank[bounds[1:]] - rank[bounds[:-1]])[of]
        first = low if low > 0 else count + low + 1
        last = count if high is None else high if high > 0 else count + high + 1
        inside: Bools = (place >= first) & (place <= last)
        return inside

    def _span(self, scope: Scope) -> Bools:
        start, end = self.batch.start, self.batch.end
        length = self.length[self.batch.conversation_of]
        inside = np.ones(len(start), dtype=bool)
        if scope.first_ms is not None:
            inside &= start < scope.first_ms
        if scope.last_ms is not None:
            inside &= end > length - scope.last_ms
        if scope.first_share is not None:
            inside &= start < length * scope.first_share
        if scope.last_share is not None:
            inside &= end > length - length * scope.last_share
        for span, unit in ((scope.span_ms, np.ones_like(length)), (scope.span_share, length)):
            if span is not None:
                inside &= (end > unit * span[0]) | (start >= unit * span[0])
                inside &= start < (np.inf if span[1] is None else unit * span[1])
        return inside

    @cached_property
    def length(self) -> Ints:
        """The latest end of a turn of each conversation."""
        longest = np.zeros(len(self.batch), dtype=np.int64)
        np.maximum.at(longest, self.batch.conversation_of, self.batch.end)
        return longest

    def lacking(self, needs: Needs) -> Ints:
        """For each conversation the code of what it lacks first, 0 when it lacks nothing."""
        if needs not in self._lacking:
            bounds = self.batch.bounds
            lacks = np.zeros(len(self.batch), dtype=np.int64)
            if needs.times:
                lacks[~self.batch.has_times] = self.whys.code(reasons.NO_TIMES)
            for roles in reversed(needs.roles):
                rank = self.rank(roles)
                silent = rank[bounds[1:]] == rank[bounds[:-1]]
                lacks[silent] = self.whys.code(reasons.ROLE_MISSING, ", ".join(roles))
            if needs.turns:
                lacks[bounds[1:] == bounds[:-1]] = self.whys.code(reasons.NO_TURNS)
            self._lacking[needs] = lacks
        return self._lacking[needs]

    def anchored(self, anchor: Anchor, roles: tuple[str, ...], turns: Ints) -> Bools:
        """The turns of ``roles`` near ``turns``, which are where the anchor hit, sorted."""
        chosen = self.nth(turns, anchor.nth)
        rank, bounds = self.rank(roles), self.batch.bounds
        of = self.batch.conversation_of[chosen]
        before, behind = rank[chosen], rank[chosen + 1]
        first, last = rank[bounds[of]], rank[bounds[of + 1]]
        opened, closed = [], []
        if anchor.relation in ("before", "around"):
            opened.append(
                first if anchor.turns is None else np.maximum(first, before - anchor.turns)
            )
            closed.append(before)
        if anchor.relation in ("after", "around"):
            opened.append(behind)
            closed.append(last if anchor.turns is None else np.minimum(last, behind + anchor.turns))
        if anchor.inclusive:
            opened.append(before)
            closed.append(behind)
        size = int(rank[-1]) + 1
        depth = np.bincount(np.concatenate(opened), minlength=size)
        depth = np.cumsum(depth - np.bincount(np.concatenate(closed), minlength=size))
        mask = np.zeros(self.batch.turn_count, dtype=bool)
        mask[self.turns_of(roles)[np.flatnonzero(depth[:-1])]] = True
        return mask

    def nth(self, turns: Ints, nth: int | None) -> Ints:
        """Of each conversation's ``turns`` the ``nth``, or all of them."""
        if nth is None or not len(turns):
            return turns
        of = self.batch.conversation_of[turns]
        _, first, count = np.unique(of, return_index=True, return_counts=True)
        place = first + (nth - 1 if nth > 0 else count + nth)
        there = (place >= first) & (place < first + count)
        chosen: Ints = turns[place[there]]
        return chosen
