# ruff: noqa: E402  # the path must be set before anything is imported
"""Whether clocks count right and how quickly, beside a walk minute by minute and a public library.

    python benchmarks/clock.py [STORIES]

Ten thousand generated stories (pauses, caps, other rules, calendars edited mid-flight, extensions,
reopening; holidays, make-up workdays, half days, year ends, the leap day, ten zones) are told to
the engine and to the oracle of its tests. Then a million due times are reckoned at once, and some
of them by walking and by `businesstimedelta`, which is no dependency: it is left out where it is
not installed. Processor time, the best of three. The last line is JSON: `cases`, `equal`,
`vs_minute_walk` (how many times as quick), `vs_library`, and `million_seconds`.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from time import process_time
from zoneinfo import ZoneInfo

import numpy as np

from lingzhi_engine.clock import BusinessCalendar, Slot, WorkingTime
from lingzhi_engine.clock.tests import oracle
from lingzhi_engine.clock.tests.stories import LUNCH, stories

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
MANY, ALONE, WALKED = 1_000_000, 20_000, 300


def seconds(work: Callable[[], object]) -> float:
    """Processor time of the quickest of three runs."""
    times = []
    for _ in range(3):
        begun = process_time()
        work()
        times.append(process_time() - begun)
    return min(times)


def told(n: int) -> tuple[int, Counter[str]]:
    """How many stories are equal to the second, and how they ended."""
    equal, ends = 0, Counter[str]()
    for story in stories(n):
        says = story.oracle_says()
        equal += story.engine_says() == says
        was_late = any(outcome == "late" for _, outcome, _ in says.verdicts)
        ends[f"{says.state}{', late' if was_late else ''}"] += 1
    return equal, ends


def office() -> tuple[WorkingTime, oracle.Days]:
    """Monday to Friday with a break at noon, as the library can say it too."""
    slots = tuple(Slot(*pair) for pair in LUNCH)
    calendar = BusinessCalendar((slots,) * 5 + ((), ()), FIRST, LAST)
    return WorkingTime.of(calendar, ZONE), oracle.Days([LUNCH] * 5 + [[], []], {}, LAST, ZONE)


def asked() -> tuple[np.ndarray, np.ndarray]:
    """Moments of two and a half years, and limits from a minute to two working days."""
    random = np.random.default_rng(1)
    first, last = (
        int(datetime(*day, tzinfo=UTC).timestamp()) for day in ((2024, 1, 2), (2026, 6, 30))
    )
    return random.integers(first, last, MANY), random.integers(60, 15 * 3600, MANY)


def library() -> Callable[[int, int], int] | None:
    """A due time by businesstimedelta, None where it is not installed."""
    try:
        import businesstimedelta as public  # noqa: PLC0415
        import pytz  # noqa: PLC0415
    except ImportError:
        return None
    zone = pytz.timezone("Asia/Shanghai")
    days = public.WorkDayRule(time(9), time(18), [0, 1, 2, 3, 4], tz=zone)
    lunch = public.LunchTimeRule(time(12), time(13, 30), [0, 1, 2, 3, 4], tz=zone)
    rules = public.Rules([days, lunch])

    def due(start: int, limit: int) -> int:
        moment = datetime.fromtimestamp(start, UTC) + public.BusinessTimeDelta(rules, seconds=limit)
        return int(moment.timestamp())

    return due


def main() -> None:
    """Prints what was measured, then the line of JSON."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    equal, ends = told(n)
    print(
        f"{equal:,} of {n:,} stories equal; "
        + "; ".join(f"{k} {v}" for k, v in sorted(ends.items()))
    )
    working, days = office()
    starts, limits = asked()
    rows = list(zip(starts.tolist(), limits.tolist(), strict=True))
    dues = working.add_many(starts, limits).all_known().tolist()
    per_case = seconds(lambda: working.add_many(starts, limits)) / MANY
    moments = [(datetime.fromtimestamp(start, UTC), limit) for start, limit in rows[:ALONE]]
    alone = seconds(lambda: [working.add(*row) for row in moments]) / ALONE
    print(f"a million at once {per_case * 1e6:.3f} s; one alone {alone * 1e6:.2f} µs")

    def compare(name: str, due: Callable[[int, int], int]) -> float:
        mine = [due(*row) for row in rows[:WALKED]]
        same = sum(a == b for a, b in zip(mine, dues, strict=False))
        one = seconds(lambda: [due(*row) for row in rows[:WALKED]]) / WALKED
        print(f"{name}: {one * 1e6:.0f} µs a due time, {same} of {WALKED} equal; ", end="")
        print(f"at once {one / per_case:,.0f} times as quick, one alone {one / alone:,.0f} times")
        return round(one / per_case)

    walk = compare("a walk minute by minute", lambda start, limit: oracle.find(days, start, limit))
    public = library()
    if public is None:
        print("businesstimedelta is not installed: docs/dev/performance.md says how to compare")
    answer = {
        "cases": n,
        "equal": equal,
        "vs_minute_walk": walk,
        "vs_library": compare("businesstimedelta", public) if public else None,
        "million_seconds": round(per_case * MANY, 3),
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
