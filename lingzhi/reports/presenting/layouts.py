"""Templates as people read them: the list of kinds, a version line by line, what changed."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from lingzhi.core.languages import joined
from lingzhi.reports.layouts import PARTS, TEXT, Content, shipped
from lingzhi.reports.models import SECTIONS, Layout, Plan
from lingzhi.reports.queries.layouts import layouts_of


@dataclass(frozen=True, slots=True)
class ShownKind:
    """A kind of report, the version its reports have, and the draft of the next."""

    kind: str
    title: str | Promise
    held: Layout | None
    draft: Layout | None


def shown_kinds() -> list[ShownKind]:
    rows = Layout.objects.filter(ended_at=None, dropped_at=None).select_related("in_force_by")
    held = {one.kind: one for one in rows if one.is_in_force}
    drafts = {one.kind: one for one in rows if one.is_draft}
    return [
        ShownKind(kind, label, held.get(kind), drafts.get(kind))
        for kind, label in Plan.Kind.choices
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comparison: `+` came in, `-` went out, empty stayed."""

    sign: str
    text: str


def differences(kind: str, before: Layout | None, after: Layout | None) -> list[Line]:
    """What came and went between two versions; None stands for what is shipped."""
    old, new = (list(lines_of(one.content if one else shipped(kind))) for one in (before, after))
    found = []
    for line in difflib.ndiff(old, new):
        if not line.startswith("?"):
            found.append(Line(line[0].strip(), line[2:]))
    return found


def lines_of(content: Content) -> Iterator[str]:
    """A template as lines: each section with its title, what it shows, and its paragraphs."""
    for one in content["sections"]:
        name = one["section"]
        usual = _("Own paragraph") if name == TEXT else str(SECTIONS[name])
        yield f"{usual} · {one['title']}" if one["title"] else usual
        parts = PARTS.get(name, {})
        if parts and len(one["parts"]) < len(parts):
            shown = joined(parts[part] for part in parts if part in one["parts"])
            yield "    " + _("shows only: %(names)s") % {"names": shown}
        if one["codes"]:
            yield "    " + _("only the indicators: %(names)s") % {"names": joined(one["codes"])}
        for text in filter(None, one["text"].splitlines()):
            yield f"    {text}"


def before_of(layout: Layout) -> Layout | None:
    """The version that was in force when this one came, or is where it is a draft; None: as
    shipped.
    """
    rows = layouts_of(layout.kind).filter(in_force_at__isnull=False).exclude(pk=layout.pk)
    if layout.in_force_at is None:
        return rows.filter(ended_at=None).first()
    return rows.filter(ended_at=layout.in_force_at).first()
