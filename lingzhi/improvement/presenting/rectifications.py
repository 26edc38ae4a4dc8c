"""The record of a rectification as one thinks by: corrective action, PDCA, 8D, five whys."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from lingzhi.core.clock import today
from lingzhi.core.origins import Found, origins
from lingzhi.improvement.models import Countermeasure, Rectification, Source
from lingzhi.improvement.queries.rectifications import late_since

State, Way, Kind = Rectification.State, Rectification.Way, Countermeasure.Kind
Words = str | Promise
TONES = {
    State.DRAFT: "warn", State.ASKED: "warn", State.RUNNING: "flow", State.CHECKING: "flow",
    State.CLOSED: "good", State.DROPPED: "plain",
}  # fmt: skip
NEXT: Mapping[str, Words] = {
    State.DRAFT: gettext_lazy(
        "Next: find the root cause, plan measures, name the indicator, ask for approval."
    ),
    State.ASKED: gettext_lazy("Next: whoever approves it decides."),
    State.RUNNING: gettext_lazy(
        "Next: carry the measures out and report each; then say since when they are in effect."
    ),
    State.CHECKING: gettext_lazy(
        "Next: somebody of another unit judges the effect and signs; then it is closed."
    ),
    State.CLOSED: gettext_lazy("It is watched: if it happens again, it is reopened by itself."),
    State.DROPPED: gettext_lazy("Nothing more is done here."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the line at the top; `state` is done, now or later."""

    words: Words
    state: str


_STAGES: Sequence[tuple[str, Words]] = (
    ("found", gettext_lazy("Problem found")),
    (State.DRAFT, gettext_lazy("Analysed")),
    (State.ASKED, pgettext_lazy("stage", "Approved")),
    (State.RUNNING, gettext_lazy("Carried out")),
    (State.CHECKING, gettext_lazy("Effect proved")),
    (State.CLOSED, pgettext_lazy("stage", "Closed")),
)


def stages_of(row: Rectification) -> list[Stage]:
    """Where it stands; a dropped one stands nowhere."""
    order = [code for code, _words in _STAGES]
    at = order.index(row.state) if row.state in order else len(order)
    if row.state == State.CLOSED or row.verified_at:
        at += 1
    if row.state == State.DROPPED:
        at = 1
    found = []
    for number, (_code, words) in enumerate(_STAGES):
        state = "done" if number < at else "now" if number == at else "later"
        found.append(Stage(words, "later" if row.state == State.DROPPED and number else state))
    return found


@dataclass(frozen=True, slots=True)
class Part:
    """A template of `parts/`, and the measures it shows."""

    template: str
    measures: list[Countermeasure] = field(default_factory=list)
    first_kind: str = ""

    @property
    def at_once(self) -> bool:
        """Whether it shows measures that wait for no approval."""
        return self.first_kind in _FIRST


@dataclass(frozen=True, slots=True)
class Section:
    """One step of a method: its mark (D3), its title, what stands in it."""

    mark: str
    title: Words
    parts: list[Part]


_FIRST = (Kind.CONTAINMENT, Kind.CORRECTION)
_LASTING = (Kind.CORRECTIVE, Kind.PREVENTIVE)
_ALL = (*_FIRST, *_LASTING)
_PROBLEM, _CAUSES = gettext_lazy("Problem"), gettext_lazy("Causes")
_MEASURES, _EFFECT = gettext_lazy("Measures"), pgettext_lazy("of measures", "Effect")
_CLOSING = gettext_lazy("Made lasting")
Step = tuple[str, Words, tuple[Any, ...]]
WAYS: Mapping[str, tuple[Step, ...]] = {
    Way.CORRECTIVE: (
        ("1", _PROBLEM, ("problem",)),
        ("2", gettext_lazy("Correction: what went wrong is put right"), (_FIRST,)),
        ("3", _CAUSES, ("causes",)),
        ("4", gettext_lazy("Corrective action: the cause is taken away"), (_LASTING,)),
        ("5", _EFFECT, ("effect",)),
        ("6", _CLOSING, ("lessons",)),
    ),
    Way.PDCA: (
        ("P", gettext_lazy("Plan: problem, causes and the indicator"), ("problem", "causes")),
        ("D", gettext_lazy("Do: measures"), (_ALL,)),
        ("C", gettext_lazy("Check: effect"), ("effect",)),
        ("A", gettext_lazy("Act: made lasting"), ("lessons",)),
    ),
    Way.EIGHT_D: (
        ("D1", pgettext_lazy("8D", "Team"), ("team",)),
        ("D2", _PROBLEM, ("problem",)),
        ("D3", gettext_lazy("Containment and correction"), (_FIRST,)),
        ("D4", gettext_lazy("Root causes"), ("causes",)),
        ("D5", gettext_lazy("Corrective actions"), ((Kind.CORRECTIVE,),)),
        ("D6", gettext_lazy("Carried out and proved"), ("effect",)),
        ("D7", gettext_lazy("Kept from happening again"), ((Kind.PREVENTIVE,),)),
        ("D8", gettext_lazy("Made lasting, team thanked"), ("lessons",)),
    ),
    Way.FIVE_WHYS: (
        ("?", _PROBLEM, ("problem",)),
        ("5", gettext_lazy("Why, and why is that?"), ("causes",)),
        ("!", _MEASURES, (_ALL,)),
        ("=", _EFFECT, ("effect", "lessons")),
    ),
}  # fmt: skip


def sections_of(row: Rectification, way: str) -> list[Section]:
    """The same record in the order of a method."""
    measures = list(row.measures.select_related("owner", "done_by"))
    return [
        Section(mark, title, [_part(one, measures) for one in parts])
        for mark, title, parts in WAYS[way]
    ]


def _part(what: Any, measures: list[Countermeasure]) -> Part:
    if isinstance(what, str):
        return Part(f"improvement/rectifications/parts/_{what}.html")
    chosen = [one for one in measures if one.kind in what]
    return Part("improvement/rectifications/parts/_measures.html", chosen, what[0])


@dataclass(frozen=True, slots=True)
class ShownSource:
    """Where it came from: a link where this person may see what is there."""

    label: Words
    words: str
    url: str


def shown_sources(
    sources: Iterable[Source], found: Mapping[tuple[str, int], Found]
) -> list[ShownSource]:
    """Each source with its words; what lies out of reach says only its kind."""
    labels: dict[str, Words] = {one.kind: one.label for one in origins().values()}
    labels |= dict(Source.Free.choices)
    shown = []
    for one in sources:
        row = found.get((one.kind, one.key)) if one.key is not None else None
        words = row.title if row else one.words or _("not within your reach")
        shown.append(ShownSource(labels.get(one.kind, one.kind), words, row.url if row else ""))
    return shown


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line of the list; measures in all, and those that are done."""

    row: Rectification
    tone: str
    sources: str
    late_days: int
    measures: int
    measures_done: int


def shown_rows(rows: Iterable[Rectification]) -> list[ShownRow]:
    """With the kinds of its sources, and for how many days it is late (0: it is not)."""
    labels = {one.kind: str(one.label) for one in origins().values()}
    labels |= {code: str(words) for code, words in Source.Free.choices}
    shown = []
    for row in rows:
        kinds = dict.fromkeys(labels.get(one.kind, one.kind) for one in row.sources.all())
        late = (today() - row.due_on).days if row.is_open and row.state != State.CHECKING else 0
        every, done = (getattr(row, name, 0) for name in ("measures_all", "measures_done"))
        words, tone = " · ".join(kinds), TONES[State(row.state)]
        shown.append(ShownRow(row, tone, words, max(late, 0), every, done))
    return shown


def late_words(row: Rectification) -> str:
    """How late it is, or its next measure; "" while nothing is."""
    since = late_since(row)
    return _("Late since %(day)s") % {"day": since.isoformat()} if since else ""
