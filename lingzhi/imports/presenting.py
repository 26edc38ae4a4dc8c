"""An import as its pages show it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from lingzhi.accounts.models import User
from lingzhi.imports.kinds import kinds
from lingzhi.imports.models import Batch
from lingzhi.imports.queries import Labels, labels_of, problems_of

TONES = {
    Batch.State.RECEIVED: "warn",
    Batch.State.STAGING: "flow",
    Batch.State.UNDECIDED: "warn",
    Batch.State.PUBLISHING: "flow",
    Batch.State.STOPPED: "bad",
    Batch.State.FINISHED: "good",
    Batch.State.REFUSED: "bad",
    Batch.State.DROPPED: "plain",
}
FIRST_PROBLEMS = 20


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """One problem; `field` is called as in the reader's language."""

    number: int
    field: str
    sentence: str


@dataclass(frozen=True)
class ShownBatch:
    """One import with what its pages ask for; `may_decide` says whether the reader may act."""

    batch: Batch
    state: Batch.State
    kind_label: str | Promise
    may_decide: bool = False

    @property
    def title(self) -> str:
        """The name of the file; an import without one goes by its kind and number."""
        return self.batch.file_name or f"{self.kind_label} {self.batch.pk}"

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def is_working(self) -> bool:
        """Whether the page should look again soon."""
        return self.state in {Batch.State.STAGING, Batch.State.PUBLISHING}

    @property
    def is_droppable(self) -> bool:
        taken = self.batch.published_rows + self.batch.known_rows + self.batch.conflict_rows
        return not self.batch.is_over and not taken

    @property
    def through(self) -> int:
        """Rows that the present step has done."""
        if self.batch.staged_at is None:
            return self.batch.staged_rows
        batch = self.batch
        return batch.published_rows + batch.known_rows + batch.conflict_rows

    @property
    def total(self) -> int | None:
        """Rows of the present step, where that is known."""
        if self.batch.staged_at is not None:
            return self.batch.good_rows
        return self.batch.run.total if self.batch.run else None

    @property
    def stop_reason(self) -> str:
        """The first line of why the work failed; empty where a person stopped it."""
        error = self.batch.run.error if self.batch.run else ""
        return error.partition("\n")[0][:300]

    @cached_property
    def problems(self) -> list[ShownProblem]:
        """The first problems by row."""
        return list(islice(_shown_problems(self.batch), FIRST_PROBLEMS))

    @property
    def has_more_problems(self) -> bool:
        return len(self.problems) == FIRST_PROBLEMS

    @property
    def result_url(self) -> str:
        """The list of what the import brought."""
        kind = kinds().get(self.batch.kind)
        if kind is None or not kind.result:
            return ""
        return f"{reverse(kind.result)}?batch={self.batch.pk}"


def shown_batch(batch: Batch, *, user: User | None = None) -> ShownBatch:
    """An import as shown to `user`, who may act on it where the kind's right is held."""
    kind = kinds().get(batch.kind)
    may_decide = user is not None and kind is not None and user.can(kind.capability)
    label = kind.label if kind else batch.kind
    return ShownBatch(batch, batch.state, label, may_decide)


def problem_rows(batch: Batch) -> Iterator[tuple[Any, ...]]:
    """Every problem as a row of a file: number, field, sentence."""
    return ((one.number, one.field, one.sentence) for one in _shown_problems(batch))


def _shown_problems(batch: Batch) -> Iterator[ShownProblem]:
    kind = kinds().get(batch.kind)
    label: Labels = labels_of(kind) if kind else str
    for problem in problems_of(batch).iterator(2000):
        yield ShownProblem(problem.number, label(problem.field), problem.sentence)
