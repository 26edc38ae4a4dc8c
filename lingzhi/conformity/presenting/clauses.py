"""A regulation as the page shows it: chapters, and one line a clause."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from lingzhi.conformity.queries.figures import Figure, State
from lingzhi.conformity.queries.standing import ClauseStanding
from lingzhi.kpis.models import Indicator
from lingzhi.org.models import Post, Unit
from lingzhi.org.services import catalogue_of_posts

TONES = {State.KEPT: "good", State.BROKEN: "bad"}


class Posts:
    """Who answers for what: posts, those of indicators, heads of units; read once."""

    def __init__(self) -> None:
        named = {entry["code"]: entry["name"] for entry in catalogue_of_posts()}
        self._names = {**named, **dict(Post.objects.values_list("code", "name"))}
        self._owners = dict(
            Indicator.objects.exclude(owner_post="").values_list("code", "owner_post")
        )
        self._heads = dict(Unit.objects.exclude(owner=None).values_list("pk", "owner__name"))

    def of(self, standing: ClauseStanding) -> str:
        """Who answers for a clause: the post of its duty, else of its indicator.

        Else, where it demands something, the head of the unit it holds for; "" if none is named.
        """
        controls = [one.control for one in standing.readings]
        duties = [one.values.get("post", "") for one in controls if one.kind == "duty"]
        owners = [self._owners.get(one.values.get("indicator", ""), "") for one in controls]
        code = next((one for one in [*duties, *owners] if one), "")
        if code or standing.state == State.STATEMENT:
            return self._names.get(code, code)
        return self._head_of(standing.clause.version.regulation.unit_id)

    def _head_of(self, unit: int) -> str:
        name = self._heads.get(unit)
        return _("%(name)s (head of the unit)") % {"name": name} if name else ""


def unowned(standings: Sequence[ClauseStanding]) -> list[ClauseStanding]:
    """Clauses that demand something, and for which no post and no head of a unit answers."""
    posts = Posts()
    demands = [one for one in standings if not one.is_heading and one.state != State.STATEMENT]
    return [one for one in demands if not posts.of(one)]


@dataclass(frozen=True)
class Line:
    """One clause on one line."""

    standing: ClauseStanding
    url: str
    post: str
    words: str

    @property
    def figure(self) -> Figure | None:
        return self.standing.figure

    @property
    def tone(self) -> str:
        """The colour of the trend: that of the state, blue for a state that says nothing."""
        return TONES.get(self.standing.state, "flow")

    @property
    def trend(self) -> list[float | None]:
        decisive = self.standing.decisive
        return decisive.trend(self.standing.period) if decisive else []

    @property
    def change(self) -> str:
        """better, worse, same, or "" where one of both periods says nothing."""
        decisive = self.standing.decisive
        if decisive is None or self.figure is None:
            return ""
        return self.figure.change_from(decisive.before(self.standing.period))


@dataclass(frozen=True)
class Chapter:
    """A heading with the clauses right below it, and the heading it stands under."""

    number: str
    heading: str
    above: str = ""
    lines: list[Line] = field(default_factory=list)


def shown_chapters(
    standings: Sequence[ClauseStanding], wants: Any, query: Mapping[str, str]
) -> list[Chapter]:
    """The chapters that hold a clause whose state is wanted."""
    posts = Posts()
    chapters = [Chapter("", "")]
    top = ""
    for one in standings:
        if one.is_heading:
            is_top = "." not in one.clause.number
            top = one.clause.heading if is_top else top
            above = "" if is_top else top
            chapters.append(Chapter(one.clause.number, one.clause.heading, above))
        elif wants(one.state):
            chapters[-1].lines.append(_line(one, posts, query))
    return [chapter for chapter in chapters if chapter.lines]


def _line(one: ClauseStanding, posts: Posts, query: Mapping[str, str]) -> Line:
    url = clause_url(one.clause.version.regulation_id, one.clause.number, query)
    return Line(one, url, posts.of(one), one.clause.words)


def clause_url(regulation: int, number: str, query: Mapping[str, str]) -> str:
    """The page of a clause with the same days and unit."""
    url = reverse("conformity:clause", args=[regulation, number])
    return f"{url}?{urlencode(query)}" if query else url


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the figures on top: how many clauses are in a state."""

    label: str
    number: int
    tone: str
    note: str
    state: str


def tiles_of(standings: Sequence[ClauseStanding]) -> list[Tile]:
    """Kept, not kept, unclear, and not enforced."""
    states = [one.state for one in standings if not one.is_heading]
    number = {state: states.count(state) for state in State}
    unclear = number[State.TOO_FEW] + number[State.UNKNOWN]
    return [
        Tile(_("Clauses kept"), number[State.KEPT], "good", _gained(standings), "kept"),
        Tile(_("Not kept"), number[State.BROKEN], "bad", _again(standings), "broken"),
        Tile(
            _("Evidence does not say"),
            unclear,
            "unknown",
            _("too little, or it cannot be judged"),
            "open",
        ),
        Tile(
            _("Not yet enforced"),
            number[State.UNENFORCED],
            "plain",
            _("besides %(n)d statements") % {"n": number[State.STATEMENT]},
            "unenforced",
        ),
    ]


def _gained(standings: Sequence[ClauseStanding]) -> str:
    known = [one for one in standings if one.state_before is not None]
    if not known:
        return _("no days before to compare with")
    now = sum(one.state == State.KEPT for one in known)
    before = sum(one.state_before == State.KEPT for one in known)
    if now == before:
        return _("as many as in the days before")
    words = _("%(n)d more than before") if now > before else _("%(n)d fewer than before")
    return words % {"n": abs(now - before)}


def _again(standings: Sequence[ClauseStanding]) -> str:
    if all(one.state_before is None for one in standings):
        return _("no days before to compare with")
    again = sum(one.state == one.state_before == State.BROKEN for one in standings)
    return _("%(n)d of them in the days before, too") % {"n": again}


def axis_start(lines: Iterable[Line]) -> float:
    """Where the axis of the bars begins: all bars share one, so that they compare."""
    lows = [line.figure.low for line in lines if line.figure]
    return max(0.0, min([0.9, *(int(low * 10) / 10 for low in lows if low is not None)]))
