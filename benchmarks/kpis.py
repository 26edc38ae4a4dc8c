# ruff: noqa: E402  # the path must be set before anything is imported
"""Pivots and dashboards over ten million contacts: how long, and how much longer than by hand.

    python benchmarks/kpis.py [--contacts 10000000] [--days 400] [--rounds 5]

Facts of contacts in the files and columns that the program writes (`lingzhi.reports.facts`), with
values made up by a generator. The same sums are asked through the pivot and by one SQL statement
written for just that question over the same files; both in turn, the best of the rounds.

Then the pages of indicators as people open them: the stored figures of every indicator for as many
agents as those contacts keep busy, on all the days, and the whole answer of the dashboard, of one
indicator and of the comparison of channels, the slowest of the best. Last line: JSON.
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

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.core.clock import now, today
from lingzhi.kpis.services import lay_definitions, sum_days
from lingzhi.org.services import assign_role, create_unit
from lingzhi.reports.facts import FACTS
from lingzhi_engine.pivot import Question, summed

TABLE = FACTS["contacts"]
FIRST = date(2025, 1, 1)
TEAMS, AGENTS = 40, 600
CHANNELS = np.array(["phone", "chat", "email", "wechat"])
SEGMENTS = np.array(["vip", "company", "new", "old"])
A_DAY = 40  # contacts that keep an agent busy
PAGES: list[tuple[str, str, dict[str, str]]] = [
    ("dashboard", "", {"look": "tiles"}),
    ("dashboard", "", {"look": "table"}),
    ("dashboard", "", {"look": "table", "period": "90"}),
    ("dashboard", "", {"look": "table", "channel": "phone"}),
    ("indicator", "K01", {"by": "agent"}),
    ("indicator", "K01", {"by": "unit", "period": "90"}),
    ("channels", "", {}),
]
INSERT = (
    "INSERT INTO kpis_fact (definition_id, day, unit_id, agent_id, channel, numerator,"
    " denominator, unknown, counted_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
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
    page = _dashboards(given.contacts, given.days, given.rounds)
    shutil.rmtree(FOLDER)
    print(json.dumps({
        "contacts": given.contacts, "pivot_s": round(slowest, 2),
        "ratio_to_hand_sql": round(worst, 2), "dashboard_s": round(page, 2),
    }))  # fmt: skip


def _dashboards(contacts: int, days: int, rounds: int) -> float:
    """Seconds of the slowest page of indicators, each at its best."""
    call_command("migrate", verbosity=0)
    manager, agents = _centre(max(TEAMS, min(AGENTS, contacts // days // A_DAY)))
    began = time.perf_counter()
    number = _stored(agents, days)
    print(f"{number:,} stored figures, written in {time.perf_counter() - began:.0f} s")
    client = Client(headers={"Accept-Language": "en"}, SERVER_NAME="127.0.0.1")
    client.force_login(manager, backend="allauth.account.auth_backends.AuthenticationBackend")
    slowest = 0.0
    for name, code, asked in PAGES:
        url = reverse(f"kpis:{name}", args=[code] if code else [])
        best = min(_seconds(client, url, asked) for _round in range(rounds))
        print(f"{url} {asked}: {best:.2f} s")
        slowest = max(slowest, best)
    return slowest


def _seconds(client: Client, url: str, asked: dict[str, str]) -> float:
    began = time.perf_counter()
    answer = client.get(url, asked, follow=False)
    if answer.status_code != 200 or b"lz-" not in answer.content:
        raise SystemExit(f"{url} answered {answer.status_code}")
    return time.perf_counter() - began


def _centre(people: int) -> tuple[User, list[tuple[int, int, str]]]:
    """A manager of the whole, and each agent with team and channel."""
    whole = create_unit(kind="company", name="Company", code="company", parent=None, by=None)
    made = [
        create_unit(kind="team", name=f"Team {at}", code=f"team-{at}", parent=whole, by=None)
        for at in range(TEAMS)
    ]
    manager = User.objects.create_user("1", "a long enough password", name="Manager")
    assign_role(manager, "quality_manager", whole, from_on=FIRST, by=None)
    rows = [User(staff_no=f"a{at}", name=f"A{at}") for at in range(people)]
    keys = [one.pk for one in User.objects.bulk_create(rows)]
    return manager, [
        (key, made[at % TEAMS].pk, str(CHANNELS[at % len(CHANNELS)])) for at, key in enumerate(keys)
    ]


def _stored(agents: list[tuple[int, int, str]], days: int) -> int:
    """A figure of every counted indicator for each agent and day, as counting writes them."""
    chance = np.random.default_rng(12)
    moment = connection.ops.adapt_datetimefield_value(now())
    number = 0
    for definition in lay_definitions():
        most = 40 if definition.shape in ("share", "rate") else 9000
        rows = [
            (definition.pk, str(today() - timedelta(days=ago)), unit, agent, channel,
             float(above), 0.0 if definition.shape == "count" else 42.0, 2, moment)
            for ago in range(1, days + 1)
            for (agent, unit, channel), above in zip(
                agents, chance.integers(1, most, len(agents)), strict=True
            )
        ]  # fmt: skip
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(INSERT, rows)
        number += len(rows)
        sum_days(definition, today() - timedelta(days=days), today())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return number


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
