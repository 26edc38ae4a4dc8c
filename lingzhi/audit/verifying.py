"""Looking over the whole chain, and comparing it with the checkpoints kept elsewhere."""

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import Max

from lingzhi.audit.checkpoints import (
    BadCheckpoint,
    Checkpoint,
    follows,
    paths_in,
    read_checkpoint,
    short,
)
from lingzhi.audit.models import Entry, Link, Verification
from lingzhi.audit.walking import Step, steps

MAX_PROBLEMS = 1_000
UNSIGNED_AT_MOST = timedelta(minutes=75)  # a checkpoint is signed every hour; one may be late


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where. `kind` is one of
    edited: the row is not what was sealed; deleted: the row or its seal is gone;
    reordered: it has changed places with another; restamped: row and seal agree with each other
    but not with the checkpoint; cut: the end of the chain is gone; checkpoint: a file is not ours,
    or files are gone.
    """

    kind: str
    position: int | None
    entry_id: int | None
    detail: str


@dataclass(slots=True)
class Report:
    """What one verification found."""

    sealed: int = 0
    unsealed: int = 0
    checkpoints: int = 0
    checked_to: int = 0
    head: str = ""
    seconds: float = 0.0
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        return {"ok": self.is_sound, **asdict(self)}


def verify_chain(
    directory: Path | None, key: Ed25519PublicKey | None, *, seen_before: int = 0
) -> Report:
    """Recompute every seal; with a directory of checkpoints also compare with those.

    `seen_before`: how many checkpoints this directory is known to have held. Without checkpoints
    a chain that was cut or made anew as a whole looks sound: that none is there where one must be
    is a problem itself.
    """
    began = time.monotonic()
    report = Report()
    walk = _Walk(report)
    if directory is not None and key is not None:
        walk.read(directory, key)
        walk.miss_files(len(paths_in(directory)), seen_before)
    for step in steps():
        walk.pass_by(step)
    walk.end()
    report.unsealed = Entry.objects.filter(link__isnull=True).count()
    report.problems = walk.named()[:MAX_PROBLEMS]
    report.seconds = round(time.monotonic() - began, 3)
    return report


def checkpoints_seen() -> int:
    """The most checkpoints that a verification ever found in the program's own directory."""
    return Verification.objects.aggregate(most=Max("checkpoints"))["most"] or 0


def _is_overdue() -> bool:
    """Whether rows were sealed over a longer time than may pass without a checkpoint."""
    times = Link.objects.order_by("position").values_list("sealed_at", flat=True)
    first, last = times.first(), times.last()
    return first is not None and last is not None and last - first > UNSIGNED_AT_MOST


class _Walk:
    """The state of one verification: what the checkpoints expect, and what is amiss so far."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.expected: dict[int, str] = {}
        self.heads: dict[int, str] = {}
        self.problems: list[Problem] = []
        self.amiss: list[Step] = []
        self.next = 1

    def read(self, directory: Path, key: Ed25519PublicKey) -> None:
        """Take in all checkpoints; one that is broken or out of line is a problem itself."""
        before: Path | None = None
        count = 0
        for path in paths_in(directory):
            try:
                found = read_checkpoint(path, key)
            except BadCheckpoint:
                self._file_problem(path, "it was changed, or another key signed it")
            else:
                if not follows(path, found, before, count):
                    self._file_problem(path, "the one before it is missing or was changed")
                self._expect(found)
            before, count = path, int(path.stem)

    def _expect(self, checkpoint: Checkpoint) -> None:
        self.expected.update(enumerate(checkpoint.digests, start=checkpoint.first))
        self.heads[checkpoint.count] = checkpoint.head
        self.report.checkpoints += 1
        self.report.checked_to = max(self.report.checked_to, checkpoint.count)

    def _file_problem(self, path: Path, detail: str) -> None:
        self.problems.append(Problem("checkpoint", None, None, f"{path.name}: {detail}"))

    def miss_files(self, count: int, seen_before: int) -> None:
        """Checkpoints that must be there and are not: fewer than before, or none at all."""
        if count < seen_before:
            detail = f"{seen_before - count} of {seen_before} files are gone"
        elif not count and _is_overdue():
            detail = "no file is there, and more than an hour's rows are sealed"
        else:
            return
        self.problems.append(Problem("checkpoint", None, None, detail))

    def pass_by(self, step: Step) -> None:
        """Judge one place of the chain."""
        self._miss_until(step.position)
        self.next = step.position + 1
        self.report.sealed += 1
        self.report.head = step.hash
        if not step.digest:
            self._add("deleted", step, "its seal is there, the row is gone")
        elif self._is_amiss(step):
            self.amiss.append(step)
        elif self.heads.get(step.position, step.hash) != step.hash and not self.amiss:
            self._add("restamped", step, "the seals up to here were made anew")

    def _is_amiss(self, step: Step) -> bool:
        expected = self.expected.get(step.position)
        if expected is None:
            return not step.is_whole
        return expected != short(step.digest) or not (step.is_whole or self._is_aftermath(step))

    def _is_aftermath(self, step: Step) -> bool:
        """A row as signed whose seal fails only because the one before it is known to be wrong."""
        last = self.amiss[-1].position if self.amiss else None
        lost = self.problems[-1].position if self.problems else None
        return step.position - 1 in {last, lost}

    def _miss_until(self, position: int) -> None:
        for place in range(self.next, min(position, self.next + MAX_PROBLEMS)):
            self.problems.append(Problem("deleted", place, None, "the seal of this place is gone"))

    def end(self) -> None:
        """The chain must reach as far as the last checkpoint."""
        if self.report.checked_to >= self.next:
            detail = f"{self.report.checked_to - self.next + 1} rows from here on are gone"
            self.problems.append(Problem("cut", self.next, None, detail))

    def named(self) -> list[Problem]:
        """All problems in order of the chain, those amiss told apart."""
        found = [*self.problems, *self._judged()]
        return sorted(found, key=lambda problem: (problem.position or 0, problem.kind))

    def _judged(self) -> Iterator[Problem]:
        """Edited, changed places, or made anew."""
        for step in self.amiss:
            other = self._place_of(step)
            if other is not None:
                detail = f"its row belongs to place {other}"
                yield Problem("reordered", step.position, step.entry_id, detail)
            elif step.is_whole:
                detail = "row and seal were changed together after the checkpoint was signed"
                yield Problem("restamped", step.position, step.entry_id, detail)
            else:
                yield Problem("edited", step.position, step.entry_id, "not what was sealed")

    def _place_of(self, step: Step) -> int | None:
        """Another place, itself amiss, whose seal or signed digest this row fits."""
        for other in self.amiss[:MAX_PROBLEMS]:
            if other.position == step.position:
                continue
            expected = self.expected.get(other.position)
            if expected == short(step.digest) or other.hash == other.hash_with(step.digest):
                return other.position
        return None

    def _add(self, kind: str, step: Step, detail: str) -> None:
        self.problems.append(Problem(kind, step.position, step.entry_id, detail))
