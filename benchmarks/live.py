# ruff: noqa: E402  # the path must be set before anything is imported
"""How long a finding takes while people talk: from the stored turn to the stored finding.

A database of its own, the first rule set in force, 1,000 open conversations, 50 turns a second for
60 seconds from a thread that writes as feeds do, and the desk of `manage.py live` beside it, which
holds all of them before anybody talks: `start_s` is how long that takes without anything compiled.
Time counts from the `received_at` of the last turn before a finding to its `found_at`. Last line:
JSON.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)
FOLDER = tempfile.mkdtemp(prefix="live-")
os.environ |= {"DATA_DIR": FOLDER, "DATABASE_URL": f"sqlite:///{FOLDER}/live.sqlite3"}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import json
import random
import threading
import time

import django

django.setup()

import numpy as np
from django.core.management import call_command
from django.db import connection

from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import OpenTurn
from lingzhi.contacts.services import source_named
from lingzhi.inspections.models import LiveFinding
from lingzhi.inspections.services import adopt_first_rules
from lingzhi.inspections.services.live import Desk

OPEN, PER_SECOND, SECONDS = 1000, 50, 60
SAID = (
    "您好请问有什么可以帮您", "我要退款", "这个不归我们管", "好的我帮您查一下",
    "保证今天给您处理好", "我要投诉你们", "稍等", "你烦不烦", "还有其他可以帮您的吗",
    "谢谢再见", "这是公司规定我也没办法",
)  # fmt: skip


def talk(opened: threading.Event, ready: threading.Event, done: threading.Event) -> None:
    """One turn every 20 ms, each of a conversation chosen by chance."""
    source, chance, said = source_named("bench"), random.Random(1), [0] * OPEN
    for first in range(0, OPEN, 200):
        events = [
            {"type": "opened", "id": f"b{number}", "channel": "phone", "direction": "in"}
            for number in range(first, first + 200)
        ]
        take_events(source, read_events({"events": events}))
    opened.set()
    ready.wait()
    began = time.monotonic()
    for turn in range(PER_SECOND * SECONDS):
        number = chance.randrange(OPEN)
        said[number] += 1
        event = {
            "type": "turn", "id": f"b{number}", "seq": said[number],
            "role": chance.choice(("agent", "customer")), "text": chance.choice(SAID),
        }  # fmt: skip
        take_events(source, read_events({"events": [event]}))
        time.sleep(max(0.0, began + (turn + 1) / PER_SECOND - time.monotonic()))
    done.set()
    connection.close()


def main() -> None:
    """Run it and print the latencies."""
    call_command("migrate", verbosity=0)
    adopt_first_rules(by=None)
    opened, ready, done = threading.Event(), threading.Event(), threading.Event()
    threading.Thread(target=talk, args=(opened, ready, done), daemon=True).start()
    opened.wait()
    began = time.perf_counter()
    desk = Desk.start()
    start = time.perf_counter() - began
    ready.set()
    steps = []
    while not done.is_set() or desk.step():
        began = time.perf_counter()
        if desk.step():
            steps.append(time.perf_counter() - began)
        time.sleep(0.02)
    received = {
        (contact, seq): at
        for contact, seq, at in OpenTurn.objects.values_list("contact_id", "seq", "received_at")
    }
    found: dict[tuple[int, int], float] = {}
    for one in LiveFinding.objects.order_by("pk"):
        last = max(
            seq
            for contact, seq in received
            if contact == one.contact_id and received[contact, seq] <= one.found_at
        )
        found[one.contact_id, one.version_id] = (
            one.found_at - received[one.contact_id, last]
        ).total_seconds()
    waits = np.array(list(found.values())) * 1000
    figures = {
        "open": OPEN,
        "turns_per_second": PER_SECOND,
        "findings": len(waits),
        "start_s": round(start, 1),
        "p50_ms": round(float(np.percentile(waits, 50)), 1),
        "p99_ms": round(float(np.percentile(waits, 99)), 1),
        "step_ms": round(float(np.mean(steps)) * 1000, 1),
    }
    print(f"{len(received)} turns, {len(waits)} findings told while people talked")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
