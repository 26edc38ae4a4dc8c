"""Questions about fields of the conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..pattern.pattern import Pattern
from .base import Spec


@dataclass(frozen=True, slots=True)
class Field(Spec):
    """A field of the conversation passes ``test`` against ``values``.

    ``name`` is looked up in the metadata (dots lead inside), then among the conversation's own
    fields. A field that is missing, ``None`` or empty text is unknown, except to the tests
    ``empty`` and ``not_empty``.
    """

    name: str
    test: str
    values: tuple[object, ...] = ()
    pattern: Pattern | None = None

    whole: ClassVar[bool] = True
