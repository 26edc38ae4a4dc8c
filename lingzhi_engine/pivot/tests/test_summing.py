"""Sums by DuckDB equal those by hand, with unknown values, and cells stay few enough to read."""

import random
from collections import defaultdict
from datetime import date, timedelta
from math import ceil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lingzhi_engine.pivot import (
    Dimension,
    Measure,
    Question,
    Sums,
    TooManyCells,
    Within,
    keys_of,
    quantiles,
    summed,
    summing,
)

FIRST = date(2026, 3, 1)
TALK = Measure("talk", "seconds", "CAST(seconds IS NOT NULL AS INTEGER)", is_mean=True)
NUMBER = Measure("number", "1")
BY_TEAM = Dimension("team", "(SELECT above FROM units WHERE units.id = unit)")


@pytest.fixture(scope="module")
def rows() -> list[tuple[date, int | None, str, int | None]]:
    chance = random.Random(4)
    return [
        (
            FIRST + timedelta(days=chance.randrange(4)),
            chance.choice([1, 2, 3, None]),
            chance.choice(["phone", "chat"]),
            chance.choice([None, 30, 45, 200]),
        )
        for _row in range(300)
    ]


@pytest.fixture(scope="module")
def files(rows, tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("facts")
    made = []
    for day in sorted({row[0] for row in rows}):
        columns = zip(*(row for row in rows if row[0] == day), strict=True)
        table = pa.table(dict(zip(("day", "unit", "channel", "seconds"), columns, strict=True)))
        made.append(folder / f"{day}.parquet")
        pq.write_table(table, made[-1])
    return made


def test_sums_equal_those_by_hand(rows, files):
    question = Question(
        [Dimension("unit", "unit"), Dimension("channel", "channel")],
        [NUMBER, TALK],
        FIRST,
        FIRST + timedelta(days=2),
    )
    expected: dict[tuple[object, ...], list[Sums]] = defaultdict(lambda: [Sums(), Sums()])
    for day, unit, channel, seconds in rows:
        if day <= question.last:
            number, talk = expected[unit, channel]
            known = Sums(seconds, 1, 0, seconds**2) if seconds is not None else Sums()
            expected[unit, channel] = [number + Sums(1), talk + known]
    assert summed(files, question) == expected


def test_they_are_narrowed_to_some_values_and_to_those_nobody_knows(rows, files):
    within = [Within("unit", [1, None], (Within("channel", ["chat"]),))]
    found = summed(files, Question([], [NUMBER], FIRST, FIRST + timedelta(days=9), within))
    number = sum(unit in (1, None) or channel == "chat" for _day, unit, channel, _s in rows)
    assert found == {(): [Sums(number)]}
    nobody = Question([], [NUMBER], FIRST, FIRST, [Within("unit", [])])
    assert summed(files, nobody) == {(): [Sums()]}


def test_a_value_may_be_looked_up_in_a_table_beside(rows, files):
    units = pa.table({"id": [1, 2, 3], "above": [10, 10, 20]})
    question = Question([BY_TEAM], [NUMBER], FIRST, FIRST + timedelta(days=9))
    found = summed(files, question, {"units": units})
    assert found[10,][0].above == sum(row[1] in (1, 2) for row in rows)
    assert found[None,][0].above == sum(row[1] is None for row in rows)


def test_more_cells_than_anybody_reads_are_refused(files, monkeypatch):
    monkeypatch.setattr(summing, "MOST_CELLS", 5)
    question = Question(
        [Dimension("unit", "unit"), Dimension("day", "day")], [NUMBER], FIRST, FIRST
    )
    assert len(summed(files, question)) <= 5
    wide = Question(question.dimensions, [NUMBER], FIRST, FIRST + timedelta(days=9))
    with pytest.raises(TooManyCells):
        summed(files, wide)


def test_without_files_there_is_nothing():
    assert summed([], Question([], [NUMBER], FIRST, FIRST)) == {}


def test_keys_are_those_of_just_the_facts_taken_in(rows, files):
    question = Question([], [], FIRST, FIRST + timedelta(days=1), [Within("seconds > 40", [True])])
    found = keys_of(files, question, "seconds")
    wanted = [row for row in rows if row[0] < FIRST + timedelta(days=2) and (row[3] or 0) > 40]
    wanted.sort(key=lambda row: (row[0], row[3]), reverse=True)
    assert found == [row[3] for row in wanted]
    assert keys_of([], question, "seconds") == []


def test_quantiles_are_values_that_occurred(rows, files):
    question = Question([], [TALK], FIRST, FIRST + timedelta(days=3))
    known = sorted(row[3] for row in rows if row[3] is not None)
    nearest = [known[ceil(share * len(known)) - 1] for share in (0.5, 0.9)]
    assert quantiles(files, question, (0.5, 0.9)) == nearest
    nobody = Question([], [TALK], FIRST, FIRST, [Within("unit", [77])])
    assert quantiles(files, nobody, (0.5, 0.9)) is None
