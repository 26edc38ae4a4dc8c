"""A kind of control for tests: it remembers what it was told to run, and may refuse."""

from collections.abc import Iterable, Mapping
from typing import Any

from lingzhi.core.controls import Binding, ControlKind, Flaw, Limit, Param
from lingzhi.core.errors import DomainError
from lingzhi.core.units import cadences

RUNNING: list[str] = []
REFUSED: set[str] = set()


class Refused(DomainError):
    message = "This cannot run today."


def _check(values: Mapping[str, Any]) -> Iterable[Flaw]:
    if values.get("indicator") not in {"K03", "K04"}:
        yield Flaw("indicator", "There is no such indicator.")


def _apply(binding: Binding, by: Any) -> None:
    if binding.reference in REFUSED:
        raise Refused()
    if binding.reference not in RUNNING:
        RUNNING.append(binding.reference)


def _end(binding: Binding, by: Any) -> None:
    if binding.reference in RUNNING:
        RUNNING.remove(binding.reference)


def _limits(values: Mapping[str, Any]) -> Iterable[Limit]:
    for name, better in (("limit", "low"), ("target", "high")):
        if name in values:
            subject = f"{values['indicator']}/{name}"
            unit = values.get(f"{name}_unit", "")
            channel = values.get("channel", "")
            yield Limit(subject, values[name], unit, better, channel=channel, param=name)


TARGET = ControlKind(
    "target",
    "Target",
    (
        Param("indicator", "indicator", "text"),
        Param(
            "limit", "limit", "number", is_figure=True, is_required=False, low=0, is_positive=True
        ),
        Param("target", "target", "number", is_figure=True),
        Param("period", "period", "choice", is_figure=True, choices=cadences),
        Param("channel", "channel", "text", is_required=False),
        Param("is_strict", "strict", "flag", is_required=False),
    ),
    check=_check,
    apply=_apply,
    end=_end,
    limits=_limits,
)
KINDS = (TARGET,)
