"""What the engine may ask about meaning, and how much of it in one run."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol, TypeAlias

import numpy as np

from .. import reasons
from .features import Floats
from .prompt import Prompt
from .reply import Reply, read_reply
from .sentiment import BuiltInSentiment
from .unanswered import Unanswered


class Model(Protocol):
    """Something that gives each text a row of probabilities; the same version, the same rows."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def __call__(self, texts: Sequence[str]) -> Floats: ...


class Classifying(Model, Protocol):
    """A model with labels of its own, a column for each."""

    @property
    def labels(self) -> tuple[str, ...]: ...

    @property
    def threshold(self) -> float: ...

    def is_measured(self, label: str) -> bool:
        """Were there enough examples of ``label`` to say how good the model is at it?"""
        ...


class Judge(Protocol):
    """A large language model (大模型) that judges a transcript.

    ``version`` stands for the model and its settings. A prompt longer than ``max_chars`` is not
    sent, never cut. A call answers within ``seconds`` or raises ``Unanswered``.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def max_chars(self) -> int: ...

    def __call__(self, prompt: Prompt, seconds: float) -> str: ...


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may ask a judge: ``calls``, and ``seconds`` of waiting in all.

    After so many ``failures`` in a row the judge counts as down for the rest of the run.
    """

    calls: int = 1000
    seconds: float = 600.0
    failures: int = 3


class Memory:
    """The ``size`` answers asked for last, by model, version and hash of what was asked."""

    def __init__(self, size: int = 100_000) -> None:
        self._size = size
        self._known: OrderedDict[Key, object] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> object | None:
        """What was answered, or ``None``."""
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
            return self._known.get(key)

    def put(self, key: Key, answer: object) -> None:
        """Keeps an answer and forgets the oldest."""
        with self._lock:
            self._known[key] = answer
            while len(self._known) > self._size:
                self._known.popitem(last=False)


Key: TypeAlias = tuple[str, str, str, bytes]


@dataclass(frozen=True, slots=True)
class Models:
    """The models a plan asks; where one is not there, the answer is unknown.

    ``classifiers`` are found under the name that a rule gives. Sentiment has a model of its own
    that needs nobody; a judge is somebody else's and off until one is given.
    """

    sentiment: Model | None = field(default_factory=BuiltInSentiment)
    classifiers: Mapping[str, Classifying] = field(default_factory=dict)
    judge: Judge | None = None
    limits: Limits = Limits()
    memory: Memory = field(default_factory=Memory, compare=False)


class Asking:
    """The questions of one run: each is put once, and to a judge only while the budget lasts.

    Models that compute here cost no budget.
    """

    def __init__(self, models: Models, clock: Callable[[], float] = time.monotonic) -> None:
        self.models = models
        self.calls = 0
        self._failures = 0
        self._clock = clock
        self._began: float | None = None

    def sentiment(self, texts: Sequence[str]) -> Floats:
        """A row of negative, neutral, positive for each text."""
        if self.models.sentiment is None:
            raise Unanswered(reasons.MODEL_MISSING, "sentiment")
        return self._rows("sentiment", self.models.sentiment, texts)

    def classifier(self, name: str) -> Classifying:
        """The classifier of that name."""
        if name not in self.models.classifiers:
            raise Unanswered(reasons.MODEL_MISSING, name)
        return self.models.classifiers[name]

    def classes(self, name: str, texts: Sequence[str]) -> Floats:
        """A row for each text, a column for each label of the classifier."""
        return self._rows(f"classifier {name}", self.classifier(name), texts)

    def _rows(self, kind: str, model: Model, texts: Sequence[str]) -> Floats:
        memory = self.models.memory
        keys = [(kind, model.name, model.version, _digest(text)) for text in texts]
        rows = {key: memory.get(key) for key in keys}
        new = {key: text for key, text in zip(keys, texts, strict=True) if rows[key] is None}
        if new:
            for key, row in zip(new, model(list(new.values())), strict=True):
                rows[key] = row
                memory.put(key, row)
        return np.array([rows[key] for key in keys])

    def judge(self, prompt: Prompt) -> Reply:
        """What the judge says to ``prompt``; raises ``Unanswered`` where it says nothing."""
        judge = self.models.judge
        if judge is None:
            raise Unanswered(reasons.MODEL_MISSING, "judge")
        if len(prompt.system) + len(prompt.user) > judge.max_chars:
            raise Unanswered(reasons.TOO_LONG, str(judge.max_chars))
        key = ("judge", judge.name, judge.version, prompt.digest)
        known = self.models.memory.get(key)
        if isinstance(known, Reply):
            return known
        reply = self._ask(judge, prompt)
        self.models.memory.put(key, reply)
        return reply

    @property
    def is_over(self) -> bool:
        """Whether a judge will not be asked again in this run: no budget is left, or it is down."""
        try:
            self._seconds_left()
        except Unanswered:
            return True
        return False

    def _ask(self, judge: Judge, prompt: Prompt) -> Reply:
        seconds = self._seconds_left()
        self.calls += 1
        self._failures += 1
        try:
            said = judge(prompt, seconds)
        except TimeoutError:
            raise Unanswered(reasons.NO_ANSWER, "timeout") from None
        except OSError:
            raise Unanswered(reasons.NO_ANSWER, "connection") from None
        self._failures = 0
        return read_reply(said, prompt.choices)

    def _seconds_left(self) -> float:
        limits, now = self.models.limits, self._clock()
        if self._began is None:
            self._began = now
        left = limits.seconds - (now - self._began)
        if self.calls >= limits.calls or left <= 0:
            raise Unanswered(reasons.BUDGET_SPENT)
        if self._failures >= limits.failures:
            raise Unanswered(reasons.NO_ANSWER, "down")
        return left


OWN = Asking(Models())  # what the engine can do by itself


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
