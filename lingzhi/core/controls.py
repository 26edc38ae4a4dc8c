"""Control kinds (管控点): what apps offer to rulebooks, through `settings.CONTROLS`.

A rulebook says *what* must hold; the app that owns a kind makes it run and says, day by day,
whether it was kept. The rulebook hands over `Binding`s and never knows who takes them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.module_loading import import_string

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a control kind or a measure.

    `form` is one of: number, percent (0–100), integer, text, words (a list), choice, roles, flag.
    A `is_figure` parameter carries a mark in a pack: normative, example or placeholder.
    `choices` gives (value, words) pairs when asked, so that they may come from the database.
    A figure `is_positive` where 0 would say nothing: within 0 rings, 0 working days.
    """

    name: str
    label: Words
    form: str
    unit: str = ""
    is_figure: bool = False
    is_required: bool = True
    choices: Callable[[], Iterable[tuple[str, Words]]] | None = None
    low: float | None = None
    high: float | None = None
    is_positive: bool = False


@dataclass(frozen=True, slots=True)
class Binding:
    """A control in force: what it demands, of whom, and from when.

    `values` has every parameter resolved by its name; a figure with a unit has it beside, as
    `limit_unit`. `unit_path` is the path of the unit it holds for, with everything below it but
    the `except_paths`, where a regulation of their own or a pilot takes its place. `channels`
    empty means all. `to_on` is the last day, None while it lasts.
    """

    control_id: int
    reference: str
    kind: str
    title: Mapping[str, str]
    values: Mapping[str, Any]
    unit_id: int
    unit_path: str
    from_on: date
    to_on: date | None = None
    channels: tuple[str, ...] = ()
    except_paths: tuple[str, ...] = ()

    def holds_for(self, unit_path: str) -> bool:
        """Whether it binds the unit with this path."""
        return unit_path.startswith(self.unit_path) and not unit_path.startswith(self.except_paths)

    def over(self, unit_path: str) -> Q:
        """The same question as a filter; `unit_path` is a lookup such as `unit__path`."""
        found = Q(**{f"{unit_path}__startswith": self.unit_path})
        for path in self.except_paths:
            found &= ~Q(**{f"{unit_path}__startswith": path})
        return found


@dataclass(frozen=True, slots=True)
class Evidence:
    """How often a control was kept, broken, or could not be judged.

    What was not judged at all is nowhere counted: `unknown` are those that should have been.
    """

    kept: int = 0
    broken: int = 0
    unknown: int = 0

    @property
    def checked(self) -> int:
        return self.kept + self.broken

    def __add__(self, other: "Evidence") -> "Evidence":
        return Evidence(
            self.kept + other.kept, self.broken + other.broken, self.unknown + other.unknown
        )


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit that a control sets, for finding conflicts between clauses.

    `subject` names the thing that is limited with all that makes two values incomparable, such as
    an indicator and its variant; `case` is the class of cases ("" for all), `better` high or low,
    `param` the parameter that sets it. `thing` is what is limited by whatever measure (answering
    in time, by seconds or by rings), `sets` are other parameters that go with the measure. A value
    in words (a pattern) is only the same or another one.
    """

    subject: str
    value: float | str
    unit: str
    better: str
    case: str = ""
    channel: str = ""
    param: str = "limit"
    thing: str = ""
    sets: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a control's parameters: the parameter and a sentence."""

    param: str
    message: Words


Days = Mapping[date, Evidence]


@dataclass(frozen=True, slots=True)
class ControlKind:
    """A kind of control and the four things its app does for it.

    `check(values)` names what is wrong beyond the parameters' forms. `apply(binding, by)` puts it
    to work and `end(binding, by)` takes it out; both may be called twice. `evidence(bindings,
    first, last)` gives for each binding what happened on each day. `evidence_url(binding, first,
    last, verdict)` is the page with the cases behind a figure; verdict is kept, broken, unknown.
    `waits_for` names the app that will run it: until then there is no `apply` and no evidence.

    `evidence` may be asked for days before `from_on`, to look back at what the control would have
    found; a kind that cannot tell leaves them out. `needed(values)` is the share (0–1) of checks
    that must be kept for the control to count as kept; 1 means that one broken check breaks it and
    one kept check is enough. Without it the checks are single cases and the share that the house
    set counts. `narrows(values)` says whether the same question can be asked of each team by
    itself: then `evidence` is also asked for bindings narrowed to the units below.
    """

    code: str
    label: Words
    params: tuple[Param, ...] = ()
    check: Callable[[Mapping[str, Any]], Iterable[Flaw]] | None = None
    apply: Callable[[Binding, Any], None] | None = None
    end: Callable[[Binding, Any], None] | None = None
    evidence: Callable[[Sequence[Binding], date, date], Sequence[Days]] | None = None
    evidence_url: Callable[[Binding, date, date, str], str] | None = None
    limits: Callable[[Mapping[str, Any]], Iterable[Limit]] | None = None
    waits_for: str = ""
    needed: Callable[[Mapping[str, Any]], float | None] | None = None
    narrows: Callable[[Mapping[str, Any]], bool] | None = None

    @property
    def runs(self) -> bool:
        """Whether an app of this installation runs it."""
        return self.apply is not None


@cache
def control_kinds() -> Mapping[str, ControlKind]:
    """Every kind by its code; one that runs takes the place of the same one that waits."""
    lists: list[Sequence[ControlKind]] = [import_string(path) for path in settings.CONTROLS]
    return {kind.code: kind for several in lists for kind in several}
