"""Goals as pages say them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.core.clock import today
from lingzhi.governance.models import Goal, Verdict
from lingzhi.governance.queries.figures import Standing, standings
from lingzhi.governance.queries.goals import as_tree
from lingzhi.kpis.models import Target
from lingzhi.kpis.presenting.saying import say, say_target
from lingzhi.kpis.queries import Figure

STATES: dict[str, tuple[str | Promise, str]] = {
    "met": (gettext_lazy("Goal reached"), "good"),
    "missed": (gettext_lazy("Goal not reached"), "bad"),
    "unsure": (gettext_lazy("Not reached, but not clearly"), "warn"),
    "unknown": (gettext_lazy("Cannot be said"), "unknown"),
}
TONES = {
    "reached": "good", "underway": "plain", "missed": "bad", "unfit": "warn", "unknown": "unknown"
}  # fmt: skip
DEEPEST = 4  # steps of indentation that a page shows


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal with what is counted for it."""

    goal: Goal
    standing: Standing
    depth: int = 0
    last: Verdict | None = None

    @property
    def step(self) -> int:
        return min(self.depth, DEEPEST)

    @property
    def value(self) -> str:
        figure = self.standing.figure
        return say(figure.value, figure.unit) if figure else ""

    @property
    def aim(self) -> str:
        return aim_of(self.goal)

    @property
    def state(self) -> tuple[str | Promise, str]:
        """What the figure says; of a goal shown by hand what its judge said last."""
        if self.standing.figure is None and self.last is not None:
            return self.last.get_word_display(), TONES[self.last.word]
        return STATES[self.standing.state]

    @property
    def caution(self) -> str:
        """Said beside a figure that rests on few cases."""
        figure = self.standing.figure
        if figure is None or not figure.has_data or figure.is_enough:
            return ""
        return _("too few to say (n = %(n)s)") % {"n": figure.n}

    @property
    def course_words(self) -> str:
        return _("%(name)s, month by month") % {"name": self.goal.title}

    @property
    def months(self) -> list[tuple[date, str]]:
        """The course in words."""
        return [(month, say(one.value, one.unit)) for month, one in self.standing.months]

    @property
    def is_due(self) -> bool:
        return self.goal.review_on is not None and self.goal.review_on <= today()

    @property
    def last_tone(self) -> str:
        return TONES[self.last.word] if self.last else ""


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """A review with the figure that was kept."""

    verdict: Verdict

    @property
    def tone(self) -> str:
        return TONES[self.verdict.word]

    @property
    def value(self) -> str:
        kept = self.verdict
        if kept.definition is None or kept.numerator is None or kept.denominator is None:
            return ""
        sums = (kept.numerator, kept.denominator, kept.unknown)
        figure = Figure.of(kept.definition, sums)
        return say(figure.value, figure.unit)

    @property
    def aim(self) -> str:
        kept = self.verdict
        if kept.definition is None or kept.target is None:
            return ""
        return say_target(kept.target, kept.definition.unit, better=kept.definition.direction)


def aim_of(goal: Goal) -> str:
    """≥ 95%; empty where nothing counts it."""
    if goal.definition is None or goal.target is None:
        return ""
    return say_target(goal.target, goal.definition.unit, better=goal.definition.direction)


def said_target(target: Target | None) -> str:
    """The target of every day; empty where none holds."""
    if target is None:
        return ""
    way = target.definition
    return say_target(target.value, way.unit, better=way.direction, is_strict=target.is_strict)


def shown_goals(goals: Sequence[Goal]) -> list[ShownGoal]:
    """As a tree, each with its figure and its last verdict; a fixed number of questions."""
    found = {one.goal.pk: one for one in standings(goals)}
    last = {one.goal_id: one for one in Verdict.objects.filter(goal__in=goals).order_by("pk")}
    return [ShownGoal(one, found[one.pk], depth, last.get(one.pk)) for depth, one in as_tree(goals)]


def shown_goal(goal: Goal) -> ShownGoal:
    return shown_goals([goal])[0]
