"""Where something that is put right came from (整改来源), through `settings.ORIGINS`.

An app offers its findings, complaints or alerts; `improvement` keeps their kind and key and never
knows whose they are. The page of each shows what is being put right about it, through a panel.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Found:
    """One thing to be put right: its title, its page, the unit concerned, the indicator behind it
    (the key of its definition) and what is known of it.
    """

    title: str
    url: str
    unit_id: int | None = None
    definition_id: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """A kind of source.

    `find(user, keys)` gives those of the keys that this person may see. `again(key, since)` says
    in words that the same happened after `since`, or "": only what can be recognised by itself.
    """

    kind: str
    label: str | Promise
    find: Callable[[Any, Collection[int]], Mapping[int, Found]]
    again: Callable[[int, datetime], str] | None = None


@cache
def origins() -> Mapping[str, Origin]:
    """Every kind of source by its code, in the order of the settings."""
    found: list[Origin] = [import_string(path) for path in settings.ORIGINS]
    return {origin.kind: origin for origin in found}
