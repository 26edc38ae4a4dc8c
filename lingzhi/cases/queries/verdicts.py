"""Our verdict on the time limit of imported cases beside the other system's."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from lingzhi.cases.models import Clock, ClockKind
from lingzhi_engine.stats import Measured, cohen_kappa, exact_agreement


@dataclass(frozen=True, slots=True)
class Compared:
    """How often both said the same. `unknown` are cases that one of the two did not judge."""

    both_kept: int
    only_we_kept: int
    only_they_kept: int
    both_late: int
    unknown: int
    agreement: Measured
    kappa: Measured


def compare_verdicts(source: str, among: Callable[[str], bool] = bool) -> Compared:
    """The cases of a source whose number there passes `among`, judged by both.

    Only the first verdict counts, as everywhere: late stays late.
    """
    rows = Clock.objects.filter(case__imported__source=source, kind=ClockKind.RESOLUTION, number=1)
    pairs: dict[tuple[str, bool | None], int] = {}
    told = rows.values_list("case__imported__external_id", "verdict", "case__imported__kept_limit")
    for number, verdict, kept in told.iterator(chunk_size=5_000):
        if among(number):
            pairs[verdict, kept] = pairs.get((verdict, kept), 0) + 1
    met, late = Clock.Verdict.MET, Clock.Verdict.LATE
    cells = [pairs.pop((ours, theirs), 0) for ours in (met, late) for theirs in (True, False)]
    both_kept, only_we, only_they, both_late = cells
    table = np.repeat([[1, 1], [1, 0], [0, 1], [0, 0]], cells, axis=0).astype(float)
    return Compared(
        both_kept, only_we, only_they, both_late, sum(pairs.values()),
        exact_agreement(table), cohen_kappa(table),
    )  # fmt: skip
