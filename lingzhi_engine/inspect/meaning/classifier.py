"""Classifiers that people train on examples of their own (自学习模型), with what they are worth.

A classifier is one file, NumPy arrays and JSON, that runs nothing when it is read.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from lingzhi_engine.stats.rates import Rate

from .features import Floats, features, letters
from .linear import Linear

SIZE = 2**16
FOLDS = 5
ENOUGH = 20  # examples of a label, below which nothing is said about how good it is
FORMAT = 1


class BadExamples(ValueError):
    """Nothing can be learned from these examples; says why."""


class UnreadableModel(ValueError):
    """The file is not a classifier of this program; says why."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How good a classifier is at one label, on examples it had not seen.

    ``precision`` is how many of the texts it gave the label have it, ``recall`` to how many that
    have it the label was given; both with their interval (``Rate.interval``).
    """

    examples: int
    precision: Rate
    recall: Rate


@dataclass(frozen=True, slots=True)
class Classifier:
    """Gives each text a probability for each of ``labels``.

    A label counts as given when it is the most probable and reaches ``threshold``. Labels of fewer
    than ``enough`` examples are not measured, and nothing is judged by them.
    """

    name: str
    labels: tuple[str, ...]
    threshold: float
    enough: int
    measures: Mapping[str, Measure]
    linear: Linear = field(compare=False)

    @property
    def version(self) -> str:
        """Stands for what it learned: the same examples give the same version."""
        whole = hashlib.sha256(json.dumps([self.labels, self.threshold]).encode())
        whole.update(self.linear.weights.tobytes() + self.linear.biases.tobytes())
        return whole.hexdigest()[:16]

    def __call__(self, texts: Sequence[str]) -> Floats:
        return self.linear(texts)

    def is_measured(self, label: str) -> bool:
        """Were there enough examples of ``label`` to say how good it is?"""
        return label in self.measures and self.measures[label].examples >= self.enough

    @property
    def accuracy(self) -> Rate:
        """How many of all examples got their label, by a model that had not seen them."""
        right = sum(one.recall.numerator for one in self.measures.values())
        return Rate(right, sum(one.examples for one in self.measures.values()))

    def save(self, path: Path) -> None:
        """Writes the classifier to one file."""
        with path.open("wb") as file:
            self.write(file)

    def write(self, file: IO[bytes]) -> None:
        """The same, to what is open."""
        about = {
            "format": FORMAT,
            "name": self.name,
            "labels": self.labels,
            "threshold": self.threshold,
            "enough": self.enough,
            "measures": {label: _counts(one) for label, one in self.measures.items()},
        }
        plain = np.frombuffer(json.dumps(about, ensure_ascii=False).encode(), np.uint8)
        np.savez_compressed(
            file, about=plain, weights=self.linear.weights, biases=self.linear.biases
        )


def train(
    examples: Iterable[tuple[str, str]],
    *,
    name: str,
    threshold: float = 0.5,
    enough: int = ENOUGH,
) -> Classifier:
    """A classifier that learned from ``(text, label)``, measured by cross-validation.

    A text counts once. Raises ``BadExamples`` when a text has two labels, when there are fewer than
    two labels, or when a label has a single example.
    """
    texts, given = _each_once(examples)
    labels = tuple(sorted(set(given)))
    codes = np.array([labels.index(label) for label in given])
    counts = np.bincount(codes, minlength=len(labels))
    if len(labels) < 2:
        raise BadExamples("there must be two labels or more")
    if counts.min() < 2:
        raise BadExamples(f"a single example of {labels[int(counts.argmin())]}")
    rows = features(texts, SIZE)
    guessed = _cross_validated(rows, codes, threshold)
    measures = {
        label: _measure(guessed == code, codes == code) for code, label in enumerate(labels)
    }
    return Classifier(name, labels, threshold, enough, measures, _learned(rows, codes))


def _each_once(examples: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    known: dict[str, str] = {}
    for text, label in examples:
        if letters(text) and known.setdefault(text.strip(), label) != label:
            raise BadExamples(f"two labels for: {text.strip()[:40]}")
    return list(known), list(known.values())


def _cross_validated(rows: Any, codes: npt.NDArray[Any], threshold: float) -> npt.NDArray[Any]:
    """What a model that had not seen it gives each example, -1 for no label."""
    from sklearn.model_selection import StratifiedKFold  # noqa: PLC0415 (a second)

    guessed = np.full(len(codes), -1)
    folds = StratifiedKFold(min(FOLDS, int(np.bincount(codes).min())), shuffle=True, random_state=0)
    for learn, held_out in folds.split(rows, codes):
        likely = _learned(rows[learn], codes[learn]).of(rows[held_out])
        best = likely.argmax(axis=1)
        guessed[held_out] = np.where(likely.max(axis=1) >= threshold, best, -1)
    return guessed


def _learned(rows: Any, codes: npt.NDArray[Any]) -> Linear:
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 (a second)

    used = np.unique(rows.indices)  # the other columns teach nothing and would cost the most
    model = LogisticRegression(C=10, max_iter=200, class_weight="balanced")
    model.fit(rows[:, used], codes)
    found, biases = model.coef_, model.intercept_
    if len(found) == 1:  # two labels have one row, that of the second
        found, biases = np.vstack([np.zeros_like(found), found]), np.array([0.0, biases[0]])
    weights = np.zeros((len(found), rows.shape[1]), np.float16)
    weights[:, used] = found
    return Linear(weights, biases.astype(np.float32))


def _measure(given: npt.NDArray[np.bool_], true: npt.NDArray[np.bool_]) -> Measure:
    right = int((given & true).sum())
    return Measure(int(true.sum()), Rate(right, int(given.sum())), Rate(right, int(true.sum())))


def _counts(measure: Measure) -> list[int]:
    """Examples, right, given: all that precision and recall are made of."""
    return [measure.examples, measure.recall.numerator, measure.precision.denominator]


def load(path: Path) -> Classifier:
    """The classifier in a file; raises ``UnreadableModel``."""
    return read(path, path.name)


def read(source: Path | IO[bytes], name: str) -> Classifier:
    """The classifier at a path or in what is open; ``name`` is for the message."""
    try:
        with np.load(source, allow_pickle=False) as stored:
            about = json.loads(bytes(stored["about"]))
            linear = Linear(stored["weights"], stored["biases"])
        return _classifier(about, linear)
    except (
        OSError,
        EOFError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        zipfile.BadZipFile,
    ) as problem:
        raise UnreadableModel(f"{name} is no classifier: {problem}") from problem


def _classifier(about: Mapping[str, Any], linear: Linear) -> Classifier:
    labels = tuple(map(str, about["labels"]))
    if about["format"] != FORMAT:
        raise UnreadableModel(f"format {about['format']}")
    if linear.weights.shape[0] != len(labels) or linear.biases.shape != (len(labels),):
        raise UnreadableModel("weights and labels do not fit")
    measures = {
        str(label): Measure(int(n), Rate(int(right), int(given)), Rate(int(right), int(n)))
        for label, (n, right, given) in about["measures"].items()
    }
    threshold, enough = float(about["threshold"]), int(about["enough"])
    return Classifier(str(about["name"]), labels, threshold, enough, measures, linear)


def load_folder(folder: Path) -> dict[str, Classifier]:
    """The classifiers of all ``.npz`` files in a folder, by name; none when it is not there."""
    read = map(load, sorted(folder.glob("*.npz")))
    return {classifier.name: classifier for classifier in read}
