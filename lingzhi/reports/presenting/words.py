"""Sentences made of facts: nothing is said that was not computed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingzhi.core.languages import in_language, joined
from lingzhi.core.templatetags.figures import share
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.queries import sure_state
from lingzhi.reports.presenting.moved import lines_of_moved
from lingzhi.reports.presenting.service import lines_of_points, lines_of_service

Facts = Mapping[str, Any]


def days_in_words(first: str, last: str) -> str:
    """`2026-11-21`, or `2026-11-16 – 2026-11-22`."""
    return first if first == last else f"{first} – {last}"


def summary(facts: Facts) -> list[str]:
    """The first lines of a report: how much, how well, and what changed beyond chance."""
    found = facts["sections"]
    lines = [_amount(facts["volume"])] if facts["volume"] else []
    lines += lines_of_service(found["service"]) if "service" in found else []
    lines += lines_of_points(found)
    if unanswered := facts["volume"].get("unanswered"):  # reports written earlier lack it
        lines.append(_unanswered(unanswered))
    problems = found.get("problems", [])
    worst = next((problem for problem in problems if problem["enough"]), None)
    if worst:
        lines.append(_worst(worst))
    elif problems:
        lines.append(_("Problems were found, but in too few conversations to rank them."))
    lines += aims(_figures(facts["sections"]))
    lines += _changes(problems)
    moved = lines_of_moved(facts.get("moved") or {})
    lines += moved
    above = facts["sections"].get("trend", {}).get("above", [])
    if above:
        lines.append(_above(above))
    elif (
        {"problems", "trend"} & found.keys()
        and not moved
        and not any(problem["change"] in ("more", "less") for problem in problems)
    ):
        lines.append(_("Nothing changed by more than chance explains."))
    return lines


def _figures(sections: Facts) -> list[Facts]:
    """Every indicator of a report, whichever section it stands in."""
    return [*sections.get("figures", []), *sections.get("inspection", {}).get("figures", [])]


def _amount(volume: Facts) -> str:
    contacts, before = volume["contacts"], volume["before"]
    if not contacts:
        return _("There was no conversation in these days.")
    said = ngettext(
        "%(n)s conversation, %(inspected)s of them inspected; %(before)s in the period before.",
        "%(n)s conversations, %(inspected)s of them inspected; %(before)s in the period before.",
        contacts,
    )
    inspected = share(volume["inspected"] / contacts)
    return said % {"n": _number(contacts), "inspected": inspected, "before": _number(before)}


def _number(count: int) -> str:
    return number_format(count, force_grouping=True)


def _unanswered(calls: int) -> str:
    said = ngettext(
        "%(n)s call was not answered by anybody.",
        "%(n)s calls were not answered by anybody.",
        calls,
    )
    return said % {"n": _number(calls)}


def _worst(problem: Facts) -> str:
    words = _("First in weight: “%(title)s”, in %(hits)s of %(judged)s conversations (%(share)s).")
    return words % {
        "title": in_language(problem["title"]),
        "hits": _number(problem["hits"]),
        "judged": _number(problem["judged"]),
        "share": share(problem["hits"] / problem["judged"]),
    }


def aims(figures: Sequence[Facts]) -> list[str]:
    """Which targets were missed, and whether clearly; one line where all were met."""
    names: dict[str, list[str]] = {"missed": [], "unsure": [], "met": []}
    for one in figures:
        stand = stands(one)
        if stand in ("met", "missed", "unsure", "warning"):
            key = "missed" if stand == "warning" else stand
            names[key].append(indicators()[one["code"]].name)
    said = {
        "missed": _("Target missed: %(names)s."),
        "unsure": _("Target missed, though by no more than chance explains: %(names)s."),
    }
    lines = [words % {"names": joined(names[key])} for key, words in said.items() if names[key]]
    if names["met"] and not lines:
        n = len(names["met"])
        return [ngettext("The one target is met.", "All %(n)d targets are met.", n) % {"n": n}]
    return lines


def stands(one: Facts) -> str:
    """How a stored figure stands to its target: met, missed, warning, unknown, "" without one.

    A missed target that the interval of the figure holds is `unsure`.
    """
    if one["target"] is None:
        return ""
    return sure_state(str(one["state"]), one["target"], one["low"], one["high"])


def _changes(problems: Sequence[Facts]) -> list[str]:
    said = {
        "more": _("More often than before, beyond chance: %(titles)s."),
        "less": _("Less often than before, beyond chance: %(titles)s."),
    }
    lines = []
    for change, words in said.items():
        titles = [in_language(one["title"]) for one in problems if one["change"] == change]
        if titles:
            lines.append(words % {"titles": joined(titles)})
    return lines


def _above(days: Sequence[str]) -> str:
    words = ngettext(
        "On %(days)s the share of severe problems lay above what chance explains.",
        "On %(days)s the share of severe problems lay above what chance explains.",
        len(days),
    )
    return words % {"days": joined([date_format(date.fromisoformat(day), "m-d") for day in days])}


def change_in_words(change: str) -> str:
    """What a comparison with the period before says."""
    return {
        "more": _("more often, beyond chance"),
        "less": _("less often, beyond chance"),
        "same": _("no change beyond chance"),
        "unknown": _("too few to compare"),
        "gone": _("not found any more"),
    }[change]


def tone_of(change: str) -> str:
    return {"more": "bad", "less": "good", "gone": "good"}.get(change, "plain")


def direction_in_words(direction: Facts) -> str:
    """One direction for the next period."""
    title = in_language(direction["title"])
    if direction["kind"] == "coach":
        words = _(
            "“%(title)s”: coach where it lies, in %(teams)s; the other teams do it less often."
        )
        return words % {"title": title, "teams": joined(direction["teams"])}
    if direction["kind"] == "cause":
        words = _(
            "“%(title)s”: it rose in all teams; look for the cause before anybody is coached."
        )
        return words % {"title": title}
    words = _("“%(title)s”: all teams do it alike; look at the script and the process.")
    return words % {"title": title}
