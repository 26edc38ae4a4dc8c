"""Inspecting conversations while they go on (实时质检): the one process behind `manage.py live`.

It tails the turns that feeds bring, judges all conversations that moved together, and commits what
it found in one transaction. What it holds can be had from the database again: after a kill it
goes on where it was, and tells nothing twice.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Max

from lingzhi.contacts.models import OpenContact, OpenTurn
from lingzhi.core.clock import now
from lingzhi.inspections.models import LiveFinding, RuleVersion, Snapshot
from lingzhi.inspections.queries.rules import judging_versions
from lingzhi.inspections.services.judging import plan_of, snapshot_now, suspended_by
from lingzhi.inspections.services.suspending import suspend_all
from lingzhi.inspections.services.telling import tell_live
from lingzhi_engine.inspect import Conversation, Finding
from lingzhi_engine.inspect import Turn as Spoken
from lingzhi_engine.inspect.live import Live

MOST_TURNS = 500  # that are taken up together
LOOK_BACK = 100  # ids: a turn that was committed later than one with a higher id is not lost


@dataclass
class Desk:
    """The open conversations and the rules they are judged by, as one process holds them."""

    snapshot: Snapshot
    live: Live
    version_of: dict[str, RuleVersion]
    position: int = 0
    seen: OrderedDict[int, None] = field(default_factory=OrderedDict)
    put_aside: set[int] = field(default_factory=set)

    @classmethod
    def start(cls) -> "Desk":
        """A desk with all conversations that are open now, as far as they have gone."""
        snapshot = snapshot_now()
        plan, names = plan_of(snapshot)
        plan.prepare()
        versions = RuleVersion.objects.select_related("rule").in_bulk(snapshot.version_ids)
        ordered = [versions[key] for key in snapshot.version_ids]
        desk = cls(snapshot, Live(plan), dict(zip(names, ordered, strict=True)))
        desk.position = OpenTurn.objects.aggregate(last=Max("pk"))["last"] or 0
        rows = OpenContact.objects.filter(closed_at=None).select_related("channel", "unit")
        for contact in rows.prefetch_related("turns", "live_findings").iterator(chunk_size=500):
            desk.take_up(contact, list(contact.turns.all()))
        return desk

    def is_current(self) -> bool:
        """Whether the rules in force are still those of this desk."""
        return list(judging_versions().values_list("pk", flat=True)) == self.snapshot.version_ids

    def take_up(self, contact: OpenContact, turns: Sequence[OpenTurn]) -> None:
        """Hold a conversation with the turns it has."""
        names = {version.pk: name for name, version in self.version_of.items()}
        told = {one.version_id for one in contact.live_findings.all()}
        known = [names[key] for key in told if key in names]
        try:
            self.live.open(_conversation(contact, turns), told=known)
        except ValueError:
            self.put_aside.add(contact.pk)
        self._remember(turns)

    def step(self) -> int:
        """Take up what was said since the last step and store what it shows; the turns taken."""
        turns = self._fresh_turns()
        for turn in turns:
            self._add(turn)
        if found := self.live.early():
            self._store(found)
        if self.live.plan.suspended:
            names = list(self.version_of)
            suspend_all(suspended_by(self.live.plan, self.snapshot, names), self.snapshot)
        return len(turns)

    def let_go(self) -> None:
        """Forget conversations that are over."""
        held = {int(name) for name in self.live.names()} | self.put_aside
        going_on = OpenContact.objects.filter(closed_at=None).values_list("pk", flat=True)
        for key in held - set(going_on):
            self.put_aside.discard(key)
            if str(key) in self.live:
                self.live.close(str(key))

    def _fresh_turns(self) -> list[OpenTurn]:
        first = self.position - LOOK_BACK
        known = [key for key in self.seen if key > first]
        rows = OpenTurn.objects.filter(pk__gt=first).exclude(pk__in=known).order_by("pk")
        found = list(rows.select_related("contact__channel", "contact__unit")[:MOST_TURNS])
        self._remember(found)
        return sorted(found, key=lambda turn: (turn.contact_id, turn.seq))

    def _remember(self, turns: Sequence[OpenTurn]) -> None:
        for turn in turns:
            self.seen[turn.pk] = None
            self.position = max(self.position, turn.pk)
        while len(self.seen) > MOST_TURNS + LOOK_BACK:
            self.seen.popitem(last=False)

    def _add(self, turn: OpenTurn) -> None:
        name = str(turn.contact_id)
        if turn.contact_id in self.put_aside:
            return
        if name not in self.live:
            self.take_up(turn.contact, list(turn.contact.turns.all()))
            return
        try:
            self.live.add(name, [_spoken(turn)])
        except ValueError:  # times came or went: the whole is judged when it ends
            self.live.close(name)
            self.put_aside.add(turn.contact_id)

    @transaction.atomic
    def _store(self, findings: Sequence[Finding]) -> None:
        moment = now()
        open_ids = {int(one.conversation) for one in findings}
        contacts = OpenContact.objects.select_related("unit").in_bulk(open_ids)
        made = [
            LiveFinding(
                contact=contacts[int(found.conversation)],
                version=self.version_of[found.rule],
                found_at=moment,
                **evidence,
            )
            for found in findings
            if int(found.conversation) in contacts
            for evidence in _evidence(found)
        ]
        LiveFinding.objects.bulk_create(made)
        tell_live(made)


def _evidence(found: Finding) -> list[dict[str, Any]]:
    pieces = found.evidence or (None,)
    return [
        {
            "turn": one.turn,
            "start": one.start,
            "end": one.end,
            "value": one.value,
            "threshold": one.threshold,
            "reason": one.reason or "",
            "detail": (one.detail or "")[:300],
        }
        if one is not None
        else {}
        for one in pieces
    ]


def _conversation(contact: OpenContact, turns: Sequence[OpenTurn]) -> Conversation:
    """An open contact as the engine reads it."""
    return Conversation(
        id=str(contact.pk),
        turns=tuple(_spoken(turn) for turn in sorted(turns, key=lambda turn: turn.seq)),
        channel=contact.channel.code,
        direction=contact.direction,
        agent=contact.agent_reference or None,
        team=contact.unit.name if contact.unit else None,
        started_at=contact.started_at.isoformat() if contact.started_at else None,
    )


def _spoken(turn: OpenTurn) -> Spoken:
    return Spoken(
        turn.seq, turn.role, turn.spoken(), turn.start_ms, turn.end_ms,
        turn.confidence, turn.emotion or None, turn.energy,
    )  # fmt: skip
