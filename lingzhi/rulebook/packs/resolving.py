"""Body and answers together: the value of every parameter of every control."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lingzhi.core.controls import control_kinds
from lingzhi.rulebook.packs.content import ClauseBody, Content, ControlBody

Answers = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Resolved:
    """A control with its values as they stand.

    `values` is flat; a figure's unit stands beside it as `limit_unit`. `marks` says of each figure
    where it comes from. `missing` names the placeholders nobody has answered: of these only the
    unit stands among the values.
    """

    clause: ClauseBody
    control: ControlBody
    values: Mapping[str, Any]
    marks: Mapping[str, str]
    missing: tuple[str, ...]


def resolve(content: Content, answers: Answers) -> list[Resolved]:
    """Every control in order. Answers about controls or figures that are gone count for nothing."""
    return [
        resolve_control(clause, control, answers.get(control.key, {}))
        for clause, control in content.controls()
    ]


def resolve_control(
    clause: ClauseBody, control: ControlBody, answers: Mapping[str, Any]
) -> Resolved:
    """One control; an answer is a plain value, or `{value, unit}` where the unit changes too."""
    values = dict(control.fixed)
    missing = []
    for name, figure in control.figures.items():
        value, unit = answered(answers.get(name), figure.value, figure.unit)
        if unit:
            values[f"{name}_unit"] = unit
        if value is None:
            missing.append(name)
        else:
            values[name] = value
    values |= {name: answers[name] for name in _chosen(control) if answers.get(name) is not None}
    marks = {name: figure.mark for name, figure in control.figures.items()}
    return Resolved(clause, control, values, marks, tuple(missing))


def answered(answer: Any, value: Any, unit: str) -> tuple[Any, str]:
    """What holds: the answer, else the pack's own value."""
    if isinstance(answer, Mapping) and "value" in answer:
        return answer["value"], answer.get("unit", unit)
    return (value if answer is None else answer), unit


def _chosen(control: ControlBody) -> list[str]:
    """Parameters that are no figures: only a decision about a conflict sets them."""
    kind = control_kinds().get(control.kind)
    return [param.name for param in kind.params if not param.is_figure] if kind else []
