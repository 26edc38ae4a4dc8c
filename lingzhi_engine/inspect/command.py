"""``inspect`` and ``operators``: the engine from the command line."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from . import files, rules
from .meaning import training
from .meaning.asking import Asking, Models
from .meaning.classifier import UnreadableModel, load_folder
from .operators import OPERATORS
from .plan import compile
from .problems import InvalidRules


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds both commands to a parser."""
    inspect = commands.add_parser("inspect", help="judge conversations by rules")
    inspect.add_argument("rules", type=Path, help="a YAML or JSON file, or a folder of them")
    inspect.add_argument("conversations", type=Path, help="a .jsonl or .parquet file")
    inspect.add_argument("--out", type=Path, required=True, help="where to write the findings")
    inspect.add_argument("--cache", type=Path, help="a folder to keep compiled patterns in")
    inspect.add_argument("--models", type=Path, help="a folder of trained classifiers")
    inspect.set_defaults(run=run_inspect)
    training.add_to(commands)
    operators = commands.add_parser("operators", help="list the operators of rules")
    operators.add_argument("--params", action="store_true", help="with their parameters")
    operators.set_defaults(run=run_operators)


def run_inspect(given: argparse.Namespace) -> int:
    """Writes the findings and says how many there are; 1 when a file cannot be used."""
    started = time.perf_counter()
    try:
        classifiers = load_folder(given.models) if given.models else {}
        plan = compile(
            rules.load(given.rules), cache=given.cache, models=Models(classifiers=classifiers)
        )
        asking = Asking(plan.models)
        conversations, turns, hits = 0, 0, 0
        for number, batch in enumerate(files.batches(given.conversations)):
            findings = plan.run(batch, asking=asking)
            files.write(findings, given.out, append=number > 0)
            conversations += len(batch)
            turns += batch.turn_count
            hits += sum(findings.counts()["hit"].to_pylist())
    except (InvalidRules, files.UnreadableFile, UnreadableModel, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    spent = time.perf_counter() - started
    sys.stdout.write(
        f"{conversations} conversations, {turns} turns, {len(plan.rules)} rules, "
        f"{hits} hits in {spent:.1f} s\n"
    )
    for one in plan.suspended:
        sys.stderr.write(f"{one.rule}: {one.condition} suspended: {one.detail}\n")
    return 0


def run_operators(given: argparse.Namespace) -> int:
    """Lists every operator, one a line; with ``--params`` its parameters too."""
    for operator in OPERATORS.values():
        sys.stdout.write(f"{operator.name:22} {operator.summary}\n")
        for param in operator.params if given.params else ():
            sys.stdout.write(f"    {param.name:20} {param.kind:12} {param.doc}\n")
    return 0
