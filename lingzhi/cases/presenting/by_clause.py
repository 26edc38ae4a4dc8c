"""Which clause a row comes from, in words, with the way to it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from lingzhi.rulebook.models import Control


@dataclass(frozen=True, slots=True)
class Source:
    """A clause: `words` such as “clause 3.2 of the complaint rules”."""

    words: str
    url: str


def sources_of(controls: Iterable[int | None]) -> Mapping[int | None, Source]:
    """The clause of each control; what the house set itself has none."""
    rows = Control.objects.filter(pk__in=[one for one in controls if one is not None])
    rows = rows.select_related("clause__version__regulation")
    return {one.pk: _source(one) for one in rows}


def _source(control: Control) -> Source:
    clause, version = control.clause, control.clause.version
    words = gettext("clause %(number)s of %(title)s") % {
        "number": clause.number, "title": version.title,
    }  # fmt: skip
    return Source(
        words, reverse("rulebook:clause", args=[clause.version.regulation_id, clause.number])
    )
