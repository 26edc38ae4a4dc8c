"""A point of an agenda in the reader's words: its title, and a sentence for each line of data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingzhi.cases.models import Grade
from lingzhi.core.languages import in_language, joined
from lingzhi.core.templatetags.figures import percent, share
from lingzhi.core.templatetags.labels import SEVERITIES
from lingzhi.governance.models import Point
from lingzhi.governance.presenting.goals import STATES as GOAL_STATES
from lingzhi.governance.queries.points import SOURCES
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.presenting import say, say_target
from lingzhi.org.models import Presence

Facts = Mapping[str, Any]
TONES = {"missed": "bad", "warning": "bad", "met": "good", "late": "bad", "severe": "bad"}


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A sentence with its figures, and the page behind it."""

    words: str
    url: str
    tone: str


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """One point; `nothing` says that the data had nothing to say."""

    point: Point
    title: str | Promise
    days: str
    lines: list[ShownLine]
    more: int

    @property
    def nothing(self) -> bool:
        return bool(self.point.source) and not self.lines


def shown_points(points: list[Point]) -> list[ShownPoint]:
    return [_shown(one) for one in points]


def title_of(point: Point) -> str | Promise:
    """What the agenda calls it."""
    return SOURCES[point.source][0] if point.source in SOURCES else point.title


def _shown(point: Point) -> ShownPoint:
    lines, more = said_lines(point.source, point.facts), point.facts.get("more", 0)
    return ShownPoint(point, title_of(point), days_of(point.source, point.facts), lines, more)


def said_lines(source: str, facts: Facts) -> list[ShownLine]:
    """A sentence for each line of data that was kept."""
    return [
        ShownLine(SAY[source](one), one.get("url", ""), _tone(source, one))
        for one in facts.get("lines", [])
    ]


def days_of(source: str, facts: Facts) -> str:
    """From when to when it is counted; empty of what is so now."""
    return f"{facts['first']} – {facts['last']}" if source in PERIODS and facts else ""


def _tone(source: str, one: Facts) -> str:
    if not one.get("enough", True):
        return ""
    if source == "findings":
        return TONES.get(one["severity"], "")
    if one.get("late"):
        return "bad"
    return TONES.get(one.get("state", ""), "")


def _indicator(one: Facts) -> str:
    """Answered in time 86.2% [83.1, 89.0], target ≥ 90%, before 91.0% (n = 512)."""
    parts = [f"{indicators()[one['code']].name} {say(one['value'], one['unit'])}"]
    if one["low"] is not None:
        parts[0] += f" [{percent(one['low'])}, {percent(one['high'])}]"
    if one["target"] is not None:
        target = say_target(one["target"], one["unit"], better=one["direction"])
        parts.append(_("target %(target)s") % {"target": target})
    if one["before"] is not None:
        parts.append(_("before %(value)s") % {"value": say(one["before"], one["unit"])})
    parts.append(_("of %(n)s cases") % {"n": one["n"]} if one["enough"] else _few(one["n"]))
    return joined(parts)


def _few(number: int) -> str:
    return str(_("of %(n)s cases, too few to say") % {"n": number})


def _alert(one: Facts) -> str:
    name = indicators()[one["code"]].name
    return " · ".join(filter(None, (name, one["where"], one["day"], one["owner"])))


def _complaint(one: Facts) -> str:
    if "open" in one:
        words = _("%(open)s open, of them %(major)s major and %(late)s late")
        return str(words % {"open": one["open"], "major": one["major"], "late": one["late"]})
    late = [_("late")] if one["late"] else []
    return " · ".join(map(str, (one["number"], Grade(one["grade"]).label, *late)))


def _rectification(one: Facts) -> str:
    due = _("due on %(day)s") % {"day": one["day"]}
    return f"{one['number']} {one['title']} · {one['where']} · {one['owner']} · {due}"


def _finding(one: Facts) -> str:
    severity, _tone = SEVERITIES[one["severity"]]
    return f"{in_language(one['title'])} · {severity} · {_rate(one['hits'], one)}"


def _item(one: Facts) -> str:
    return f"{one['title']} · {_rate(one['failed'], one)}"


def _rate(hits: int, one: Facts) -> str:
    """7 of 80, 8.8% [3.6, 17.2]."""
    words = _("%(hits)s of %(judged)s") % {"hits": hits, "judged": one["judged"]}
    if not one.get("enough", True):
        return f"{words} ({_('too few to say')})"
    range_ = f"[{percent(one['low'])}, {percent(one['high'])}]"
    return f"{words} · {share(hits / one['judged'])} {range_}"


def _survey(one: Facts) -> str:
    words = _("%(satisfied)s of %(asked)s satisfied, target %(target)s%%")
    said = words % {
        "satisfied": one["satisfied"], "asked": one["asked"], "target": f"{one['target']:g}",
    }  # fmt: skip
    return f"{one['dimension']} · {one['where']} · {said}"


def _rule(one: Facts) -> str:
    version = _("version %(n)s") % {"n": one["number"]}
    since = _("valid from %(day)s") % {"day": one["day"]}
    return f"{in_language(one['title'])} · {version} · {since}"


def _staff(one: Facts) -> str:
    people = ngettext("%(n)s person", "%(n)s people", one["people"]) % {"n": one["people"]}
    planned = _("planning not known")
    if one["planned"] is not None:
        planned = _("%(n)s planned") % {"n": one["planned"]}
    away = [f"{Presence.Kind(kind).label} {n}" for kind, n in one["away"].items()]
    return joined([f"{one['where']} · {people}", planned, *away])


def _demand(one: Facts) -> str:
    return f"{one['where']} · {one['words']}"


def _action(one: Facts) -> str:
    due = _("due on %(day)s") % {"day": one["day"]}
    late = [_("Overdue")] if one["late"] else []
    return " · ".join(map(str, (one["words"], one["owner"], due, *late)))


def _goal(one: Facts) -> str:
    """Answered the same day (customer service): 86.2% [83.1, 89.0], target ≥ 90%, not reached."""
    head = f"{one['title']} · {one['where']}"
    if one["value"] is None:
        words = _("nothing counted yet") if one["target"] is not None else one["shown_by"]
        return f"{head} · {words}"
    said = say(one["value"], one["unit"])
    if one["low"] is not None:
        said += f" [{percent(one['low'])}, {percent(one['high'])}]"
    target = say_target(one["target"], one["unit"], better=one["direction"])
    state = str(GOAL_STATES[one["state"]][0]) if one["enough"] else _few(one["n"])
    parts = [said, str(_("target %(target)s") % {"target": target}), state]
    return f"{head} · {joined(parts)}"


def _received(one: Facts) -> str:
    words = _("%(received)s received, of them %(major)s major; %(upheld)s upheld, "
              "%(undecided)s not decided yet")  # fmt: skip
    return str(words % one)


def _audit(one: Facts) -> str:
    words = _("%(found)s nonconformities, of them %(major)s major") % one
    closed = [] if one["closed"] else [_("not closed yet")]
    return " · ".join(map(str, (one["number"], one["title"], words, *closed)))


def _progress(one: Facts) -> str:
    words = _("%(begun)s begun, %(open)s open, of them %(late)s late; the effect of %(proved)s "
              "was proved")  # fmt: skip
    return str(words % one)


def _decision(one: Facts) -> str:
    if one["result"]:
        return " · ".join((one["words"], one["owner"], str(_("Done")), one["result"]))
    return _action(one)


SAY: Mapping[str, Callable[[Facts], str]] = {
    "actions": _action, "targets": _indicator, "missed": _indicator, "alerts": _alert,
    "complaints": _complaint, "rectifications": _rectification, "findings": _finding,
    "items": _item, "surveys": _survey, "rules": _rule, "staffing": _staff, "demands": _demand,
    "goals": _goal, "satisfaction": _indicator, "received": _received, "audits": _audit,
    "progress": _progress, "decisions": _decision,
}  # fmt: skip
PERIODS = {
    "targets", "missed", "findings", "items", "rules", "satisfaction", "received", "audits",
    "progress",
}  # fmt: skip
