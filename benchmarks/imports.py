# ruff: noqa: E402, PLC0415  # path and settings must be set before anything is imported
"""How fast a large file of conversations comes in, and how little it disturbs.

A CSV of 100,000 conversations of six turns each (real Chinese dialogue of CrossWOZ, with invented
phone numbers and names in a quarter of them) is staged and published in one process on SQLite,
with encryption, masking and the search index, while another connection writes twenty times a
second as a person would. Then the same file comes once more: every row is known.

Demanded are five minutes, 512 MB, and 250 ms for each write transaction. ``ROWS`` changes the
number of conversations. The last line is JSON.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)  # this file's own folder would hide other modules of its names

import csv
import json
import random
import resource
import subprocess
import threading
import time
import zipfile
from collections.abc import Iterator
from typing import Any

ROWS = int(os.environ.get("ROWS", "100000"))
TURNS = 6
LABELS = {"usr": "客户", "sys": "客服"}
HEADING = (
    "通话编号", "渠道", "呼叫方向", "技能组", "坐席工号", "客户姓名", "客户号码", "开始时间",
    "接听时间", "结束时间", "挂机方", "小结", "对话内容",
)  # fmt: skip
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"


def make_file(path: Path) -> None:
    """Write the CSV; in a process of its own, so that its memory is not counted."""
    chance = random.Random(7)
    said = list(messages())
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADING)
        for number in range(ROWS):
            writer.writerow(conversation(number, said, chance))


def messages() -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(ROOT / "data/crosswoz/val.json.zip") as archive:
        dialogues = json.loads(archive.read("val.json"))
    for dialogue in dialogues.values():
        for message in dialogue["messages"]:
            yield LABELS[message["role"]], message["content"]


def conversation(number: int, said: list[tuple[str, str]], chance: random.Random) -> list[str]:
    start = chance.randrange(len(said) - TURNS)
    lines = [f"{who}：{words}" for who, words in said[start : start + TURNS]]
    phone = f"138{chance.randrange(10**8):08d}"
    if number % 4 == 0:
        name = chance.choice(SURNAMES)
        lines[2] = f"客户：我姓{name}，电话{phone}，请帮我登记一下"
    day, minute = 1 + number % 20, number % 60
    times = [f"2026-10-{day:02d} 10:{minute:02d}:{second:02d}" for second in (5, 12, 48)]
    return [
        f"B{number:09d}", "电话", "呼入", "售后", f"1{number % 60:03d}", "王小明", phone, *times,
        "客户挂机", "已解决", "\n".join(lines),
    ]  # fmt: skip


class Stopwatch:
    """How long write transactions last, from the moment the database grants them to their end."""

    def __init__(self, connection: Any) -> None:
        self.seconds: list[float] = []
        self.began = 0.0
        self._commit = connection._commit
        connection._commit = self.commit
        connection.execute_wrappers.append(self.execute)

    def execute(self, execute: Any, sql: str, *rest: Any) -> Any:
        found = execute(sql, *rest)
        if sql.startswith("BEGIN"):
            self.began = time.perf_counter()
        return found

    def commit(self) -> None:
        self._commit()
        self.seconds.append(time.perf_counter() - self.began)


class OtherWriter(threading.Thread):
    """Somebody who works in the browser meanwhile: how long each small write waits."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.waits: list[float] = []
        self.stopping = threading.Event()

    def run(self) -> None:
        from lingzhi.core.clock import now
        from lingzhi.jobs.models import Run

        mine = Run.objects.create(kind="bench", label="other writer", queued_at=now())
        while not self.stopping.wait(0.05):
            began = time.perf_counter()
            Run.objects.filter(pk=mine.pk).update(done=len(self.waits))
            self.waits.append(time.perf_counter() - began)


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def bring(path: Path) -> dict[str, float]:
    """Seconds of staging and publishing one file, and of the processor."""
    from lingzhi.contacts.intake import KIND
    from lingzhi.imports.models import Batch
    from lingzhi.imports.queries import remembered_mapping
    from lingzhi.imports.samples import propose
    from lingzhi.imports.services import (
        file_path,
        publish_batch,
        receive_file,
        stage_batch,
        start_batch,
    )

    with path.open("rb") as file:
        batch = receive_file(KIND, file, name=path.name, source="bench", by=None)
    found = propose(KIND, file_path(batch), batch.options, remembered_mapping(batch))
    start_batch(batch, columns=found.columns, options=found.options, by=None, is_queued=False)
    began, worked = time.perf_counter(), time.process_time()
    stage_batch(batch)
    staged = time.perf_counter()
    publish_batch(Batch.objects.get(pk=batch.pk))
    batch.refresh_from_db()
    print(
        f"{batch.staged_rows} read, {batch.published_rows} new, {batch.known_rows} known, "
        f"{batch.problem_rows} with problems"
    )
    return {
        "stage": staged - began,
        "publish": time.perf_counter() - staged,
        "processor": time.process_time() - worked,
    }


def measure(folder: Path) -> dict[str, Any]:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from django.db import connection

    from lingzhi.contacts.models import Turn

    watch, other = Stopwatch(connection), OtherWriter()
    other.start()
    first = bring(folder / "bench.csv")
    other.stopping.set()
    other.join()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    writes = list(watch.seconds)
    again = bring(folder / "bench.csv")
    return {
        "rows": ROWS,
        "turns": Turn.objects.count(),
        "file_mb": round((folder / "bench.csv").stat().st_size / 2**20, 1),
        "stage_s": round(first["stage"], 1),
        "publish_s": round(first["publish"], 1),
        "total_s": round(first["stage"] + first["publish"], 1),
        "processor_s": round(first["processor"], 1),
        "rows_per_s": round(ROWS / (first["stage"] + first["publish"])),
        "peak_rss_mb": round(peak),
        "write_p50_ms": round(percentile(writes, 0.5) * 1000),
        "write_p99_ms": round(percentile(writes, 0.99) * 1000),
        "write_max_ms": round(max(writes) * 1000),
        "other_writer_p50_ms": round(percentile(other.waits, 0.5) * 1000),
        "other_writer_p99_ms": round(percentile(other.waits, 0.99) * 1000),
        "known_again_s": round(again["stage"] + again["publish"], 1),
        "database_mb": round((folder / "lingzhi.sqlite3").stat().st_size / 2**20),
    }


def main() -> None:
    if len(sys.argv) > 1:
        make_file(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"DATA_DIR": name, "DJANGO_SETTINGS_MODULE": "config.settings"}
        os.environ.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, __file__, str(folder / "bench.csv")], check=True)
        print(json.dumps(measure(folder)))


if __name__ == "__main__":
    main()
