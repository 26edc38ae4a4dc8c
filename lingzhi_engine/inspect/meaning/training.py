"""``train``: learns a classifier from the command line and says how good it is."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from lingzhi_engine.stats.rates import Rate

from .classifier import ENOUGH, BadExamples, Classifier, train


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command to a parser."""
    parser = commands.add_parser("train", help="learn a classifier from examples")
    parser.add_argument("examples", type=Path, help='JSON Lines of {"text": …, "label": …}')
    parser.add_argument("--out", type=Path, required=True, help="the .npz file to write")
    parser.add_argument("--name", help="what rules call it; the name of the file if not given")
    parser.add_argument("--threshold", type=float, default=0.5, help="from which probability on")
    parser.add_argument("--enough", type=int, default=ENOUGH, help="examples a label must have")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Writes the classifier and a line for each label; 1 when nothing can be learned."""
    try:
        examples = list(_examples(given.examples))
        classifier = train(
            examples,
            name=given.name or given.out.stem,
            threshold=given.threshold,
            enough=given.enough,
        )
        classifier.save(given.out)
    except (BadExamples, OSError) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.writelines(_told(classifier))
    return 0


def _examples(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            example = json.loads(line)
            yield str(example["text"]), str(example["label"])
        except (ValueError, KeyError, TypeError):
            raise BadExamples(f"{path.name}, line {number}: no text and label") from None


def _told(classifier: Classifier) -> Iterator[str]:
    for label, measure in classifier.measures.items():
        if not classifier.is_measured(label):
            yield f"{label}: {measure.examples} examples, too few to be measured\n"
            continue
        precision, recall = _share(measure.precision), _share(measure.recall)
        yield f"{label}: {measure.examples} examples, precision {precision}, recall {recall}\n"


def _share(rate: Rate) -> str:
    share = "–" if rate.ratio is None else f"{rate.ratio:.0%}"
    return f"{share} ({rate.interval().as_percent()})"
