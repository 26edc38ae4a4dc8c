"""What a measure can change for good (固化), through `settings.CHANGES`.

An app offers its rules, answers or regulations; `improvement` has a draft of the next version begun
there and keeps its address. Who decides about drafts decides about these, too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Changeable:
    """A kind of thing that has versions.

    `choices(user)` are those that this person may change, by key. `begin(user, key, words)` begins
    the next version, with `words` as its reason, and gives the address of its page; the draft that
    is there already is gone on with.
    """

    kind: str
    capability: str
    choices: Callable[[Any], Mapping[int, str]]
    begin: Callable[[Any, int, str], str]


@cache
def changeables() -> Mapping[str, Changeable]:
    """Every kind by its code."""
    found: list[Changeable] = [import_string(path) for path in settings.CHANGES]
    return {one.kind: one for one in found}
