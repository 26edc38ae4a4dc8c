"""What the kinds share: evidence from what was judged one by one, and the page that lists it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlencode

from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.cases.queries.clauses import Judge, evidence_by
from lingzhi.core.controls import Binding, ControlKind, Days, Param, Words


class Act(Protocol):
    """A service that puts a clause to work, or takes it out."""

    def __call__(self, binding: Binding, /, *, by: User | None) -> None: ...


def nothing(_binding: Binding, *, by: User | None) -> None:
    """What only watches has nothing to take out."""


def kind_of_cases(
    code: str, label: Words, params: tuple[Param, ...], *, judge: Judge, apply: Act,
    end: Act = nothing, **more: Any,
) -> ControlKind:  # fmt: skip
    """A kind whose cases are each judged by themselves; `more` as ControlKind has it."""

    def evidence(bindings: Sequence[Binding], first: date, last: date) -> Sequence[Days]:
        return evidence_by(judge, bindings, first, last)

    return ControlKind(
        code, label, params,
        apply=lambda binding, by: apply(binding, by=by),
        end=lambda binding, by: end(binding, by=by),
        evidence=evidence, evidence_url=_cases_url, narrows=_each_team, **more,
    )  # fmt: skip


def _cases_url(binding: Binding, first: date, last: date, verdict: str) -> str:
    """The cases behind a figure of a control."""
    asked = {
        "verdict": verdict, "unit": binding.unit_id,
        "from_on": first.isoformat(), "to_on": last.isoformat(),
    }  # fmt: skip
    return f"{reverse('cases:clause', args=[binding.control_id])}?{urlencode(asked)}"


def _each_team(_values: Mapping[str, Any]) -> bool:
    """Each case lies in one unit, so the same is asked of every unit below."""
    return True
