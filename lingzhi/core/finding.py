"""Global search: apps answer through `settings.SEARCH`, each with what the person may see."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

MOST = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found: a name, a line about it, and where it is."""

    name: str
    about: str
    url: str


@dataclass(frozen=True, slots=True)
class Searched:
    """`find(user, text, most)` gives what fits; `all_url(text)` leads to the whole list."""

    label: str | Promise
    find: Callable[[Any, str, int], Sequence[Found]]
    capability: str = ""
    all_url: Callable[[str], str] | None = None


def find_everywhere(user: Any, text: str) -> list[dict[str, Any]]:
    """What fits `text` in every app, as far as this person may see; empty groups are left out."""
    groups = []
    for path in settings.SEARCH:
        searched: Searched = import_string(path)
        if searched.capability and not user.can(searched.capability):
            continue
        found = searched.find(user, text, MOST)
        if found:
            more = searched.all_url(text) if searched.all_url and len(found) == MOST else ""
            groups.append({"label": searched.label, "found": found, "more": more})
    return groups
