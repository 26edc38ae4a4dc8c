"""An audit file as parts with headings: one outline for PDF and Word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingzhi.conformity.printing.content import (
    Annex,
    Content,
    ControlLine,
    DossierClause,
    change_in_words,
)
from lingzhi.conformity.queries.figures import ENOUGH, Figure
from lingzhi.conformity.queries.reading import Reading
from lingzhi.conformity.queries.standing import ClauseStanding
from lingzhi.core.controls import Evidence
from lingzhi.core.templatetags.figures import percent, share
from lingzhi.core.templatetags.labels import CONFORMITIES

Cells = Sequence[str]
Rows = list[Cells]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of level 1–3 with paragraphs and, below them, a table; `anchor` names its place."""

    level: int
    title: str
    lines: list[str] = field(default_factory=list)
    header: Cells = ()
    rows: Rows = field(default_factory=list)
    anchor: str = ""


def outline(content: Content) -> list[Part]:
    """Summary, chapters with their clauses, what was not checked, and the annexes."""
    return [replace(part, anchor=f"p{at}") for at, part in enumerate(_parts(content))]


def _parts(content: Content) -> Iterator[Part]:
    yield _summary(content)
    for chapter in content.chapters:
        head = chapter.chapter
        title = f"{head.number} {head.heading}".strip() or _("Clauses")
        yield Part(1, title)
        for one in chapter.clauses:
            yield _clause(one)
    yield from _not_checked(content)
    yield Part(1, _("Annex: evidence"), [_annex_note()])
    for one in content.clauses:
        if not one.annex.is_empty:
            yield from _annex(one.number, one.annex)


def title_of(content: Content) -> str:
    return _("Conformity with %(title)s") % {"title": content.version.title}


def facts_of(content: Content) -> list[tuple[str, str]]:
    """What the cover says: of which version, unit and days, and how far the evidence reaches."""
    version, period = content.version, content.period
    begun = f"{version.effective_on:%Y-%m-%d}" if version.effective_on else "–"
    last = f"{content.last_on:%Y-%m-%d}" if content.last_on else _("no evidence in these days")
    return [
        (_("Regulation"), f"{version.regulation.pack.upper()} · {version.title}"),
        (_("Version"), str(version.number)),
        (_("In force from"), begun),
        (_("Unit"), content.unit.name),
        (_("Period"), f"{period.first:%Y-%m-%d} – {period.last:%Y-%m-%d}"),
        (_("Last evidence"), last),
    ]


def signers() -> list[str]:
    """Who signs on paper."""
    return [_("Auditor"), _("Head of the unit"), _("Quality manager")]


def _summary(content: Content) -> Part:
    rows: Rows = [(tile.label, str(tile.number), tile.note) for tile in content.tiles]
    usual = share(content.threshold.share, 0)
    lines = [
        _("Intervals are exact (Clopper–Pearson, 95 %%). A clause counts as kept where the whole "
          "interval reaches the share that is needed: that of its target, else %(share)s.")
        % {"share": usual},
        _("Fewer than %(enough)s checked cases are too few to say; what cannot be judged counts "
          "neither as kept nor as broken.") % {"enough": ENOUGH},
    ]  # fmt: skip
    return Part(1, _("Summary"), lines, (_("State"), _("Clauses"), _("Note")), rows)


def _clause(one: DossierClause) -> Part:
    clause = one.line.standing.clause
    named = clause.heading if clause.heading != clause.number else ""
    lines = [one.line.words] if one.line.words else []
    lines += [f"{label}{_(': ')}{text}" for label, text in _about(one)]
    header = _control_header() if one.controls else ()
    rows = [_control_row(control) for control in one.controls]
    return Part(2, f"{clause.number} {named}".strip(), lines, header, rows)


def _about(one: DossierClause) -> Iterator[tuple[str, str]]:
    standing = one.line.standing
    looking = f" ({_('looking back')})" if standing.is_looking_back else ""
    yield _("State"), f"{CONFORMITIES[one.state][0]}{looking}"
    if standing.waits_for:
        yield _("Why nothing checks it"), standing.waits_for
    yield _("Responsible"), one.line.post or _("no post named")
    if standing.readings:
        none = _("no evidence in these days")
        yield _("Last evidence"), f"{one.last_on:%Y-%m-%d}" if one.last_on else none
    if one.actions:
        several = [f"{row.number} {row.title} ({row.due_on:%Y-%m-%d})" for row in one.actions]
        yield _("Open actions"), _("; ").join(several)


def _control_header() -> Cells:
    return (
        _("Control"), _("State"), _("Checked"), _("Kept"), _("Not kept"), _("Unknown"),
        _("Share kept, with interval"), _("Period before"),
    )  # fmt: skip


def _control_row(one: ControlLine) -> Cells:
    reading, figure = one.reading, one.figure
    title = f"{reading.control.words} ({reading.kind.label})" if reading.kind else ""
    if not reading.runs:
        why = _("counted for the whole regulation only") if reading.is_above else _not_run(reading)
        return (title, why, *["–"] * 6)
    found = figure.evidence
    counts = [str(n) for n in (figure.checked, found.kept, found.broken, found.unknown)]
    state = _("no data") if figure.is_empty else str(CONFORMITIES[figure.state][0])
    return (title, state, *counts, rate(figure), _before(one))


def _not_run(reading: Reading) -> str:
    return reading.control.problem or str(CONFORMITIES["unenforced"][0])


def rate(figure: Figure) -> str:
    """The share kept, its interval, and the share that is needed."""
    if not figure.checked:
        return "–"
    span = ""
    if figure.interval:
        span = f" [{percent(figure.interval.low)}, {percent(figure.interval.high)}]"
    needed = _("needed %(share)s") % {"share": share(figure.needed, 0)}
    return f"{share(figure.ratio)}{span}; {needed}"


def _before(one: ControlLine) -> str:
    if one.before.is_empty:
        return _("nothing to compare with")
    return f"{share(one.before.ratio)} {change_in_words(one.change)}".strip()


def _not_checked(content: Content) -> Iterator[Part]:
    """What nobody may take for kept: said in the file itself."""
    gaps = content.gaps
    clauses = [
        (one.clause.number, one.clause.words, _("no control")) for one in gaps.without_control
    ]
    controls = [
        (one.control.clause.number, one.control.words, why)
        for several, why in (
            (gaps.failed, _("could not be put to work")),
            (gaps.without_data, _("no data in these days")),
            (gaps.unjudged, _("mostly cannot be judged")),
            ([one for rows in gaps.waiting.values() for one in rows], _("not yet enforced")),
        )
        for one in several
    ]
    statements = [
        (one.clause.number, one.clause.words, _("statement only")) for one in gaps.statements
    ]
    rows: Rows = [*clauses, *controls, *statements]
    words = _("None of this was checked in these days; it is neither kept nor broken.")
    lines = [words if rows else _("Everything was checked.")]
    header = (_("Clause"), _("What it says"), _("Why not checked")) if rows else ()
    yield Part(1, _("What was not checked"), lines, header, rows)


def _sentences(standings: Sequence[ClauseStanding], why: str) -> Rows:
    return [(one.clause.number, one.clause.words, why) for one in standings]


def _annex_note() -> str:
    return _(
        "The newest evidence that was not kept or could not be judged. A day is found again by "
        "its key: clause, control, unit and day, on the page of the clause. A conversation is "
        "found by its number. Words are masked."
    )


def _annex(number: str, annex: Annex) -> Iterator[Part]:
    title = _("Clause %(number)s") % {"number": number}
    if annex.days:
        rows: Rows = [
            (row.key, f"{row.day:%Y-%m-%d}", *(str(n) for n in _three(row.found)))
            for row in annex.days
        ]
        header: Cells = (_("Key"), _("Day"), _("Kept"), _("Not kept"), _("Unknown"))
        yield Part(3, f"{title} · {_('days')}", _more(annex.more_days), header, rows)
    if annex.cases:
        rows = [
            (
                case.number,
                f"{localtime(case.at):%Y-%m-%d %H:%M}" if case.at else "–",
                "; ".join(case.titles),
                " / ".join(quote.text for quote in case.quotes) or "–",
            )
            for case in annex.cases
        ]
        header = (_("Number"), _("Time"), _("Finding"), _("Words"))
        yield Part(3, f"{title} · {_('cases')}", _more(annex.more_cases), header, rows)


def _three(found: Evidence) -> tuple[int, int, int]:
    return found.kept, found.broken, found.unknown


def _more(number: int) -> list[str]:
    if not number:
        return []
    words = ngettext("%(n)s more is not printed.", "%(n)s more are not printed.", number)
    return [words % {"n": number}]
