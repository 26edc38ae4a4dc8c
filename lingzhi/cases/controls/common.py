"""What the kinds share: evidence from what was judged one by one, and the page that lists it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from lingzhi.cases.queries.clauses import Judge, evidence_by
from lingzhi.core.controls import Binding, Days


def evidence_from(judge: Judge) -> Callable[[Sequence[Binding], date, date], Sequence[Days]]:
    """What a kind gives as its evidence where each case is judged by itself."""

    def evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
        return evidence_by(judge, bindings, first, last)

    return evidence


def cases_url(binding: Binding, first: date, last: date, verdict: str) -> str:
    """The cases behind a figure of a control."""
    asked = {
        "verdict": verdict, "unit": binding.unit_id,
        "from_on": first.isoformat(), "to_on": last.isoformat(),
    }  # fmt: skip
    return f"{reverse('cases:clause', args=[binding.control_id])}?{urlencode(asked)}"


def each_team(_values: Mapping[str, Any]) -> bool:
    """Each case lies in one unit, so the same is asked of every unit below."""
    return True
