"""Writing a draft: the figures, the conflicts, the text, the pilot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.approvals.models import digest_of
from lingzhi.audit.services import record
from lingzhi.core.controls import Flaw, control_kinds
from lingzhi.core.errors import BadInput
from lingzhi.org.models import Unit
from lingzhi.rulebook.conflicts import KEEP, chosen_values, has_rings
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.packs import (
    Body,
    Content,
    PackProblems,
    content_of,
    param_of,
    problems_of,
)
from lingzhi.rulebook.packs.resolving import Resolved, answered, resolve
from lingzhi.rulebook.queries import conflicts_of
from lingzhi.rulebook.services.versions import ChangedMeanwhile, draft
from lingzhi.rulebook.values import Choices, flaws_of, flaws_of_value

Answers = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """What is wrong with one answer."""

    key: str
    figure: str
    message: str | Promise


class AnswerProblems(BadInput):
    """Some answers cannot be taken; `problems` names all of them, and none was saved."""

    def __init__(self, problems: Sequence[AnswerProblem]) -> None:
        self.problems = tuple(problems)
        lines = (f"{one.key}.{one.figure}: {one.message}" for one in self.problems)
        super().__init__("\n".join(lines), field="answers")


@transaction.atomic
def save_answers(
    version: Version, answers: Mapping[str, Mapping[str, Any]], *, by: User
) -> Version:
    """Set figures of a draft, by control and name; None takes an answer back.

    Normative figures are not set but written in the text. Raises NotADraft and AnswerProblems.
    """
    found = draft(version)
    content, choices = content_of(found.body), Choices()
    merged: Answers = {key: dict(own) for key, own in found.answers.items()}
    problems: list[AnswerProblem] = []
    for key, given in answers.items():
        for name, value in given.items():
            own = merged.setdefault(key, {})
            message = _wrong(content, own, (key, name), value, choices)
            if message:
                problems.append(AnswerProblem(key, name, message))
            elif value is None:
                own.pop(name, None)
            elif value != answered(own.get(name), None, "")[0]:
                own[name] = _in_its_unit(own.get(name), value)
    if problems:
        raise AnswerProblems(problems)
    before = found.answers
    found.answers = {key: own for key, own in merged.items() if own}
    return _saved(found, "answers", "rulebook.answers_saved", before, by)


def _in_its_unit(before: Any, value: Any) -> Any:
    """A plain number keeps the unit that a decision about a conflict brought."""
    has_unit = isinstance(before, Mapping) and "unit" in before
    return value if isinstance(value, Mapping) or not has_unit else {**before, "value": value}


def _wrong(
    content: Content, own: Mapping[str, Any], place: tuple[str, str], value: Any, choices: Choices
) -> str | Promise:
    control = content.control(place[0])
    figure = control.figures.get(place[1]) if control else None
    if control is None or figure is None:
        return _("The regulation has no such figure.")
    set_value, unit = answered(own.get(figure.name), figure.value, figure.unit)
    if figure.mark == "normative" and value != set_value:
        return _("This figure is normative: it is changed in the text, with a reason.")
    param = param_of(control.kind, figure.name)
    if value is None or param is None:
        return ""
    flaws = flaws_of_value(param, value, unit or param.unit, choices)
    return flaws[0].message if flaws else ""


def _saved(found: Version, field: str, action: str, before: Any, by: User) -> Version:
    """Save one field of a locked draft and record what it was."""
    after = getattr(found, field)
    if before != after:
        found.save(update_fields=[field])
        gone = {key: value for key, value in before.items() if after.get(key) != value}
        new = {key: value for key, value in after.items() if before.get(key) != value}
        record(by, action, found, before=gone, after=new)
    return found


def problems_of_values(version: Version) -> list[AnswerProblem]:
    """What is wrong with a version's values as they stand; what nobody answered is no part of it.

    What was sound when the draft began may be gone since: a rule, an indicator, a kind of control.
    """
    choices = Choices()
    return [
        AnswerProblem(one.control.key, flaw.param, flaw.message)
        for one in resolve(content_of(version.body), version.answers)
        for flaw in _flaws(one, choices)
    ]


def _flaws(one: Resolved, choices: Choices) -> list[Flaw]:
    kind = control_kinds().get(one.control.kind)
    if kind is None:
        return [Flaw("kind", _("There is no such kind of control any more."))]
    return flaws_of(kind, one.values, unanswered=one.missing, choices=choices)


@transaction.atomic
def resolve_conflict(
    version: Version,
    key: str,
    choice: str,
    *,
    reason: str = "",
    ring_seconds: float | None = None,
    by: User,
) -> Version:
    """Decide a conflict of a draft: the first value, the second, or keep both.

    A choice of a value sets it on the other side, with its unit and way of counting. Two kinds of
    measure are kept side by side for a reason only; `ring_seconds` is the length of a ring that
    was assumed when deciding. An empty choice takes the decision back.
    """
    found = draft(version)
    if not choice:
        return _take_back(found, key, by)
    conflicts = {one.key: one for one in conflicts_of(found)}
    conflict = conflicts.get(key)
    if conflict is None or choice not in conflict.choices:
        raise BadInput(_("There is no such conflict or choice."), field="choice")
    if conflict.kind == "measures" and choice == KEEP and not reason.strip():
        raise BadInput(_("Say why both measures hold side by side."), field="reason")
    assumed = ring_seconds if has_rings(conflict) else None
    decision = replace(conflict, ring_seconds=assumed).stored(choice, reason.strip()[:300])
    chosen = chosen_values(conflict, choice)
    if chosen is not None:
        side, values = chosen
        own = dict(found.answers.get(side.key, {}))
        decision["before"] = {side.key: {name: own.get(name) for name in values}}
        found.answers = {**found.answers, side.key: own | values}
    before = found.resolutions
    found.resolutions = {**before, key: decision}
    found.save(update_fields=["answers"])
    return _saved(found, "resolutions", "rulebook.conflict_decided", before, by)


def _take_back(found: Version, key: str, by: User) -> Version:
    """Open a conflict again: the value that the decision set is what it was before."""
    before = found.resolutions
    found.resolutions = {name: one for name, one in before.items() if name != key}
    for control, values in before.get(key, {}).get("before", {}).items():
        own = {**found.answers.get(control, {}), **values}
        own = {name: value for name, value in own.items() if value is not None}
        found.answers = {**found.answers, control: own}
    found.save(update_fields=["answers"])
    return _saved(found, "resolutions", "rulebook.conflict_opened", before, by)


def draft_stamp(version: Version) -> str:
    """What the text is now; a save that saw another one is refused."""
    return digest_of(version.body)


@transaction.atomic
def change_draft_body(version: Version, body: Body, *, seen: str = "", by: User) -> Version:
    """Write the text of a draft anew. Raises NotADraft, ChangedMeanwhile and PackProblems."""
    found = draft(version)
    if seen and seen != draft_stamp(found):
        raise ChangedMeanwhile()
    body = {**body, "id": found.body.get("id"), "extends": []}  # what it inherits is in it
    problems = problems_of(body)
    if problems:
        raise PackProblems(problems)
    before = {"sha256": draft_stamp(found)}
    found.body = body
    found.save(update_fields=["body"])
    record(by, "rulebook.draft_changed", found, before=before, after={"sha256": draft_stamp(found)})
    return found


@transaction.atomic
def set_pilot(
    version: Version,
    *,
    units: Iterable[Unit],
    channels: Iterable[str],
    until: date | None,
    by: User,
) -> Version:
    """Let a draft hold only for some teams or channels and until a day; without a day for all."""
    found = draft(version)
    units, channels = list(units), list(channels)
    top = found.regulation.unit.path
    if until is None and (units or channels):
        raise BadInput(_("A pilot needs the day on which it ends."), field="until")
    if until is not None and not (units or channels):
        raise BadInput(_("A pilot needs the teams or channels it is for."), field="units")
    if any(not unit.path.startswith(top) for unit in units):
        raise BadInput(_("This unit does not belong to the regulation's."), field="units")
    found.pilot_units.set(units)
    found.pilot_channels, found.pilot_until = channels, until
    found.save(update_fields=["pilot_channels", "pilot_until"])
    after = {
        "units": [unit.code for unit in units],
        "channels": channels,
        "until": until.isoformat() if until else "",
    }
    record(by, "rulebook.pilot_set", found, after=after)
    return found
