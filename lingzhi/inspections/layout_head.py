"""A layout from the first row of a table the centre hands out today: heading by heading."""

import unicodedata
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.core.errors import BadInput
from lingzhi.imports.formats import CELLS, detect
from lingzhi.inspections.queries.layouts import ITEM, SOURCES, item_sources

WITHIN = 20
MOST = 200


def layout_of_file(path: Path, name: str) -> list[dict[str, str]]:
    """The columns of the row that names most of what is known. Raises BadInput without any row.

    A heading that nothing here goes by stays as an empty column.
    """
    options = detect(path, name)
    if options["format"] not in CELLS:
        raise BadInput(_("This is no table."), field="file")
    known = _known()
    rows = [_texts(row) for row in islice(CELLS[options["format"]](path, options), WITHIN)]
    best = max(
        rows, key=lambda row: (sum(_form(one) in known for one in row), len(row)), default=[]
    )
    if not any(best):
        raise BadInput(_("No row of headings was found."), field="file")
    return [_column(heading, known) for heading in best[:MOST]]


def usual_columns() -> list[dict[str, str]]:
    """Every fact of a score, for a layout that begins with nothing."""
    return [
        {"heading": str(source.label), "source": code, "format": ""}
        for code, source in SOURCES.items()
    ]


def _known() -> dict[str, str]:
    """Sources by what headings call them; a fact goes before an item of the same name."""
    items = {
        _form(words.rpartition(" · ")[2]): code
        for code, words in item_sources()
        if code.startswith(f"{ITEM}:")
    }
    facts = {
        _form(word): code
        for code, source in SOURCES.items()
        for word in (*source.synonyms, str(source.label))
    }
    return items | facts


def _column(heading: str, known: dict[str, str]) -> dict[str, str]:
    return {"heading": heading[:120], "source": known.get(_form(heading), ""), "format": ""}


def _texts(row: Sequence[Any]) -> list[str]:
    said = ["" if cell is None else str(cell).strip() for cell in row]
    while said and not said[-1]:
        said.pop()
    return said


def _form(heading: str) -> str:
    plain = unicodedata.normalize("NFKC", heading).lower()
    return "".join(letter for letter in plain if letter.isalnum())
