"""Eight clients at a desk: each creates, lists, views and updates tickets in turn, for a while.

`python clients.py PLAN.json SECONDS` prints one JSON line with what was answered and how quickly.
A plan names address, headers, how many tickets there are, and the four calls.
"""

import json
import random
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path

CLIENTS = 8
ACTS = ("create", "list", "view", "update")


class Client(threading.Thread):
    """One client with a connection of its own."""

    def __init__(self, plan: dict, until: float, number: int) -> None:
        super().__init__()
        self.plan, self.until = plan, until
        self.chance = random.Random(number)
        self.seconds: dict[str, list[float]] = {act: [] for act in ACTS}
        self.failures: list[str] = []
        self.connection = HTTPConnection("127.0.0.1", plan["port"], timeout=120)

    def run(self) -> None:
        while time.monotonic() < self.until:
            for act in ACTS:
                self._call(act)

    def _call(self, act: str) -> None:
        call = self.plan["calls"][act]
        ticket = self.chance.randint(*self.plan["tickets"])
        path, body = (call[name].replace("{ticket}", str(ticket)) for name in ("path", "body"))
        headers = self.plan["headers"] | call["headers"]
        began = time.monotonic()
        self.connection.request(call["method"], path, body.encode() or None, headers)
        answer = self.connection.getresponse()
        said = answer.read()
        self.seconds[act].append(time.monotonic() - began)
        if answer.status not in call["answers"]:
            self.failures.append(f"{act} {answer.status} {said[:300]!r}")


def main() -> None:
    plan = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    began = time.monotonic()
    clients = [Client(plan, began + float(sys.argv[2]), number) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    took = time.monotonic() - began
    found = {
        act: sorted(second for client in clients for second in client.seconds[act]) for act in ACTS
    }
    failures = [one for client in clients for one in client.failures]
    answered = sum(map(len, found.values()))
    result = {
        "calls": answered, "seconds": round(took, 2), "a_second": round(answered / took, 2),
        "failures": len(failures), "first_failure": failures[:1],
        "p50_ms": {act: _percentile(times, 0.5) for act, times in found.items()},
        "p95_ms": {act: _percentile(times, 0.95) for act, times in found.items()},
    }  # fmt: skip
    print(json.dumps(result))


def _percentile(times: list[float], share: float) -> float:
    return round(times[min(len(times) - 1, int(len(times) * share))] * 1000, 1)


if __name__ == "__main__":
    main()
