"""What upper apps show on the pages of lower ones, through `settings.PANELS`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Shown:
    """A template with its context, and marks on the page's own content by key (turn number)."""

    template: str
    context: dict[str, Any]
    marks: dict[int, list[Any]] = field(default_factory=dict)
    print_template: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """`render(user, subject)` gives what to show at `place`, or None for nothing."""

    place: str
    render: Callable[[Any, Any], Shown | None]
    capability: str = ""


def panels_of(place: str, user: Any, subject: Any) -> list[Shown]:
    """What is shown at `place` about `subject` to this person, in the order of the settings."""
    found = []
    for path in settings.PANELS:
        panel: Panel = import_string(path)
        if panel.place == place and (not panel.capability or user.can(panel.capability)):
            shown = panel.render(user, subject)
            if shown is not None:
                found.append(shown)
    return found


def marks_of(panels: Iterable[Shown]) -> dict[int, list[Any]]:
    """The marks of all panels together."""
    marks: dict[int, list[Any]] = {}
    for panel in panels:
        for key, several in panel.marks.items():
            marks.setdefault(key, []).extend(several)
    return marks
