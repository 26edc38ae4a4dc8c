# ruff: noqa: E402  # the path must be set before anything is imported
"""Pivots over ten million contacts: how long, and how much longer than a query written by hand.

    python benchmarks/kpis.py [--contacts 10000000] [--days 400] [--rounds 5]

Facts of contacts in the files and columns that the program writes (`lingzhi.reports.facts`), with
values made up by a generator. The same sums are asked through the pivot and by one SQL statement
written for just that question over the same files; both in turn, the best of the rounds. Last
line: JSON.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)
FOLDER = Path(tempfile.mkdtemp(prefix="kpis-"))
os.environ |= {"DATA_DIR": str(FOLDER), "DATABASE_URL": f"sqlite:///{FOLDER}/kpis.sqlite3"}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import argparse
import json
import shutil
import time
from collections.abc import Callable
from datetime import date, timedelta

import django
import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

django.setup()

from lingzhi.reports.facts import FACTS
from lingzhi_engine.pivot import Question, summed

TABLE = FACTS["contacts"]
FIRST = date(2025, 1, 1)
TEAMS, AGENTS = 40, 600
CHANNELS = np.array(["phone", "chat", "email", "wechat"])
SEGMENTS = np.array(["vip", "company", "new", "old"])
HAND = {  # the pivot's axes and amount, and the same by hand
    ("unit", "month", "number"): (
        "SELECT unit, date_trunc('month', day), sum(number_above) FROM {files} GROUP BY 1, 2"
    ),
    ("agent", "connected"): (
        "SELECT agent, sum(connected_above), sum(connected_below), sum(connected_unknown)"
        " FROM {files} GROUP BY 1"
    ),
    ("weekday", "hour", "handling"): (
        "SELECT isodow(day), hour, sum(handling_above), sum(handling_below), sum(handling_unknown),"
        " sum(handling_above * handling_above) FROM {files} GROUP BY 1, 2"
    ),
    ("segment", "channel", "satisfied"): (
        "SELECT segment, channel, sum(satisfied_above), sum(satisfied_below),"
        " sum(satisfied_unknown) FROM {files} GROUP BY 1, 2"
    ),
}


def main() -> None:
    given = _arguments()
    files = _written(given.contacts, given.days)
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"{given.contacts:,} contacts in {len(files)} files, {size:.0f} MB")
    last = FIRST + timedelta(days=given.days)
    slowest = worst = 0.0
    for (*axes, amount), by_hand in HAND.items():
        down = [one for one in TABLE.axes if one.code in axes]
        [figure] = [one for one in TABLE.amounts if one.code == amount]
        question = Question([one.dimension for one in down], [figure.measure], FIRST, last)
        ours, theirs = _in_turn(
            lambda question=question: summed(files, question),
            lambda by_hand=by_hand: _by_hand(files, by_hand),
            given.rounds,
        )
        slowest, worst = max(slowest, ours), max(worst, ours / theirs)
        words = " by ".join([amount, " and ".join(axes)])
        print(f"{words}: {ours:.2f} s, by hand {theirs:.2f} s, {ours / theirs:.2f} times")
    shutil.rmtree(FOLDER)
    print(json.dumps({
        "contacts": given.contacts, "pivot_s": round(slowest, 2),
        "ratio_to_hand_sql": round(worst, 2),
    }))  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contacts", type=int, default=10_000_000)
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def _written(contacts: int, days: int) -> list[Path]:
    """The facts of each day in a file of its own."""
    chance = np.random.default_rng(11)
    found = []
    for number in range(days):
        path = FOLDER / f"{number:04}.parquet"
        table = _day(chance, FIRST + timedelta(days=number), contacts // days)
        pq.write_table(table, path, compression="zstd")
        found.append(path)
    return found


def _day(chance: np.random.Generator, day: date, size: int) -> pa.Table:
    agents = chance.integers(0, AGENTS, size)
    columns = {
        "day": pa.array([day] * size, pa.date32()),
        "hour": chance.binomial(23, 0.55, size).astype(np.int8),
        "unit": agents % TEAMS,
        "agent": agents,
        "channel": CHANNELS[chance.integers(0, len(CHANNELS), size)],
        "segment": SEGMENTS[chance.integers(0, len(SEGMENTS), size)],
        "direction": np.where(chance.random(size) < 0.9, "in", "out"),
        "number_above": np.ones(size),
    }
    for one in TABLE.amounts[1:]:
        known = chance.random(size) < 0.7
        value = chance.gamma(2, 90, size) if one.shape == "mean" else chance.random(size) < 0.9
        values = (value * known, known, chance.random(size) < 0.05)
        columns |= {
            name: part.astype(float) for name, part in zip(one.columns, values, strict=True)
        }
    rest = {
        field.name: pa.nulls(size, field.type)
        for field in TABLE.schema
        if field.name not in columns
    }
    return pa.table({**columns, **rest}).select(TABLE.schema.names).cast(TABLE.schema)


def _by_hand(files: list[Path], statement: str) -> list[tuple[object, ...]]:
    names = [str(file) for file in files]
    with duckdb.connect(":memory:", config={"threads": 2}) as connection:
        return connection.execute(statement.format(files=f"read_parquet({names!r})")).fetchall()


def _in_turn(
    one: Callable[[], object], other: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """The best time of each; the first round of both only warms the files."""
    times: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds + 1):
        for at, act in enumerate((one, other)):
            began = time.perf_counter()
            act()
            times[at].append(time.perf_counter() - began)
    return min(times[0][1:]), min(times[1][1:])


if __name__ == "__main__":
    main()
