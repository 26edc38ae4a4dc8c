"""The points of a report in the reader's words, with their numbers and what was decided."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.accounts.models import User
from lingzhi.cases.models import Feedback
from lingzhi.core.languages import in_language
from lingzhi.core.templatetags.figures import share
from lingzhi.customers.models import Opinion
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.rectifications import about
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.presenting import say, say_target
from lingzhi.reports.models import Decision, Plan, Report
from lingzhi.reports.queries.decisions import decisions_on, points_in

Point = Mapping[str, Any]
KIND = "reports.point"  # the origin of what is put right about it
KINDS: Mapping[str, str | Promise] = {
    "target": gettext_lazy("Off target"),
    "signal": gettext_lazy("Changed by signal"),
    "rule": gettext_lazy("More often than before"),
    "unit": gettext_lazy("Worst unit"),
    "item": gettext_lazy("Worst item"),
    "product": gettext_lazy("Complaints by product"),
    "fault": gettext_lazy("Complaints by fault"),
    "cause": gettext_lazy("Complaints by cause"),
    "opinion": gettext_lazy("Opinions"),
    "passed": gettext_lazy("Passed on to you"),
}


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """One point: why it was found, what it is about, its numbers; and the decision on it."""

    key: str
    kind: str | Promise
    title: str
    numbers: str
    decision: Decision | None = None
    said: str = ""
    tone: str = "unknown"
    rectifications: list[Rectification] = field(default_factory=list)


def shown_points(report: Report, user: User | None = None) -> list[ShownPoint]:
    """Every point; for a `user` with the rectifications that came of it and that may be seen."""
    decided = decisions_on(report)
    followed = _followed(decided, user) if user else {}
    return [_shown(one, report, decided.get(one["key"]), followed) for one in points_in(report)]


def _shown(
    point: Point,
    report: Report,
    decision: Decision | None,
    followed: Mapping[int, list[Rectification]],
) -> ShownPoint:
    return ShownPoint(
        key=point["key"], kind=KINDS[point["kind"]], title=title_of_point(point),
        numbers=numbers_of(point), decision=decision, said=_said(report, decision),
        tone="unknown" if decision is None else "good" if decision.is_taken else "plain",
        rectifications=followed.get(decision.pk, []) if decision else [],
    )  # fmt: skip


def _followed(decided: Mapping[str, Decision], user: User) -> dict[int, list[Rectification]]:
    found: dict[int, list[Rectification]] = {}
    for source in about(KIND, [one.pk for one in decided.values()], user):
        found.setdefault(source.key or 0, []).append(source.rectification)
    return found


def _said(report: Report, decision: Decision | None) -> str:
    is_answer = report.plan.kind == Plan.Kind.RETURNED
    if decision is None:
        return _("waits for an answer") if is_answer else _("waits for a decision")
    if is_answer:
        return _("acted upon") if decision.is_taken else _("nothing is done")
    return _("adopted as a point") if decision.is_taken else _("not taken up")


def title_of_point(point: Point) -> str:
    kind, title = point["kind"], point.get("title")
    if kind in ("target", "signal"):
        return str(indicators()[point["code"]].name)
    if kind == "opinion":
        return str(Feedback.About(str(title)).label)
    if kind == "passed":
        return str(Opinion.Kind(str(title)).label)
    words = in_language(title) if isinstance(title, dict) else str(title)
    return f"{point['unit']} · {words}" if kind == "unit" else words


def numbers_of(point: Point) -> str:
    """The numbers that make it a point."""
    return NUMBERS.get(point["kind"], _times)(point)


def _target(one: Point) -> str:
    limits = _limits(one["low"], one["high"])
    return _("%(value)s%(limits)s, target %(target)s; %(before)s before") % {
        "value": say(one["value"], one["unit"]), "limits": limits,
        "target": say_target(one["target"], one["unit"], better=one["direction"]),
        "before": "–" if one["before"] is None else say(one["before"], one["unit"]),
    }  # fmt: skip


def _signal(one: Point) -> str:
    if one["change"] is None or one["usual"] is None:
        return _("%(unit)s, since %(day)s") % {"unit": one["unit"], "day": one["began"]}
    return _("%(unit)s, since %(day)s: by %(change)s against the usual %(usual)s") % {
        "unit": one["unit"], "day": one["began"], "change": say(one["change"], one["way"]),
        "usual": say(one["usual"], one["way"]),
    }  # fmt: skip


def _rule(one: Point) -> str:
    return _("%(now)s, before %(before)s") % {
        "now": _share(one["hits"], one["judged"], one),
        "before": _share(one["before_hits"], one["before_judged"]),
    }


def _unit(one: Point) -> str:
    return _("%(now)s, in all %(all)s") % {
        "now": _share(one["hits"], one["judged"], one),
        "all": _share(one["all_hits"], one["all_judged"]),
    }


def _item(one: Point) -> str:
    return _share(one["hits"], one["judged"], one)


def _share(hits: int, judged: int, limits: Point | None = None) -> str:
    if not judged:
        return "–"
    interval = _limits(limits["low"], limits["high"]) if limits else ""
    return f"{_n(hits)} / {_n(judged)} ({share(hits / judged)}{interval})"


def _limits(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f" [{share(low)}–{share(high)}]"


def _times(one: Point) -> str:
    """How often, how often before, and what is known beside."""
    said = [_("%(n)s, before %(before)s") % {"n": _n(one["n"]), "before": _n(one["before"])}]
    beside = {
        "upheld": _("%(n)s upheld"), "defective": _("%(n)s defective"),
        "adopted": _("%(n)s adopted"), "answered": _("%(n)s answered"),
    }  # fmt: skip
    said += [words % {"n": _n(one[name])} for name, words in beside.items() if name in one]
    return " · ".join(said)


def _n(count: int) -> str:
    return number_format(count, force_grouping=True)


NUMBERS: Mapping[str, Callable[[Point], str]] = {
    "target": _target, "signal": _signal, "rule": _rule, "unit": _unit, "item": _item,
}  # fmt: skip


def heading_of(report: Report) -> str:
    """What its points are called."""
    if report.plan.kind == Plan.Kind.RETURNED:
        return _("What customers brought up")
    return _("Points for improvement")


def head_of_points() -> list[str]:
    return [_("Found as"), _("Point"), _("Numbers"), _("Decision"), _("What is said to it")]


def rows_of_points(points: Iterable[ShownPoint]) -> list[list[str]]:
    """A line a point, for documents."""
    return [
        [str(one.kind), one.title, one.numbers, one.said,
         one.decision.words if one.decision else ""]
        for one in points
    ]  # fmt: skip
