"""Paragraphs of a template with their facts: what is not known in the period is said in words."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lingzhi.core.languages import in_language, joined
from lingzhi.core.templatetags.figures import share
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.presenting import say
from lingzhi.reports.layouts import NAME
from lingzhi.reports.presenting.words import days_in_words, stands

Facts = Mapping[str, Any]


def filled(text: str, facts: Facts) -> list[str]:
    """The paragraphs of a text, one a line; each named fact once replaced and never read again."""
    said = NAME.sub(lambda one: fact_in_words(one[1], facts), text)
    return [line for line in map(str.strip, said.splitlines()) if line]


def fact_in_words(code: str, facts: Facts) -> str:
    """What a fact comes to, in the reader's language."""
    found = facts["sections"]
    if code in SAID:
        said = SAID[code](facts)
    else:
        section = next((name for name in SECTION_SAID if code in SECTION_SAID[name]), "")
        held = found.get(section)
        said = SECTION_SAID[section][code](held) if held is not None else None
        if not section:
            said = _figure(code, found)
    return _("unknown in these days") if said is None else said


def _n(count: int) -> str:
    return number_format(count, force_grouping=True)


def _of_volume(name: str) -> Callable[[Facts], str | None]:
    def of(facts: Facts) -> str | None:
        count = facts["volume"].get(name)
        return None if count is None else _n(count)

    return of


def _inspected(facts: Facts) -> str | None:
    volume = facts["volume"]
    return share(volume["inspected"] / volume["contacts"]) if volume.get("contacts") else None


def _figures(found: Facts) -> list[Facts]:
    """Every indicator of a report, whichever section it stands in."""
    return [*found.get("figures", []), *found.get("inspection", {}).get("figures", [])]


def _figure(code: str, found: Facts) -> str | None:
    one = next((one for one in _figures(found) if one["code"] == code), None)
    if one is None or one["value"] is None:
        return None
    return _sure(f"{say(one['value'], one['unit'])}{_limits(one['low'], one['high'])}", one)


def _limits(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f" [{share(low)}–{share(high)}]"


def _sure(words: str, one: Facts) -> str:
    return words if one["enough"] else f"{words}; {_('too few to say')}"


def _met(facts: Facts) -> str | None:
    aimed = [stands(one) for one in _figures(facts["sections"])]
    known = [one for one in aimed if one not in ("", "unknown")]
    if not known:
        return None
    return _("%(n)s of %(all)s") % {"n": known.count("met"), "all": len(known)}


def _missed(facts: Facts) -> str | None:
    figures = [one for one in _figures(facts["sections"]) if stands(one) not in ("", "unknown")]
    if not figures:
        return None
    return _names(
        indicators()[one["code"]].name for one in figures if stands(one) in ("missed", "warning")
    )


def _names(names: Iterable[str]) -> str:
    return joined(names) or _("none")


def _worst(problems: list[Facts]) -> Facts | None:
    return next((one for one in problems if one["enough"]), None)


def _first(problems: list[Facts]) -> str | None:
    worst = _worst(problems)
    return in_language(worst["title"]) if worst else None


def _first_share(problems: list[Facts]) -> str | None:
    worst = _worst(problems)
    if worst is None:
        return None
    return _of(worst["hits"], worst["judged"], worst)


def _of(hits: int, n: int, limits: Facts) -> str:
    interval = _limits(limits["low"], limits["high"])
    return f"{_n(hits)} / {_n(n)} ({share(hits / n)}{interval})"


def _changed(change: str) -> Callable[[list[Facts]], str | None]:
    """Where nothing could be compared it is not known whether anything changed."""

    def of(problems: list[Facts]) -> str | None:
        if problems and all(one["change"] == "unknown" for one in problems):
            return None
        return _names(in_language(one["title"]) for one in problems if one["change"] == change)

    return of


def _bad_share(inspection: Facts) -> str | None:
    one = next((one for one in inspection["rates"] if one["source"] == "corrected"), None)
    if one is None or one["value"] is None:
        return None
    return _sure(f"{share(one['value'])}{_limits(one['low'], one['high'])}", one)


def _above(trend: Facts) -> str | None:
    return _n(len(trend["above"])) if trend["high"] else None


def _better(measures: list[Facts]) -> str | None:
    known = [one["change"] for one in measures if one["change"] != "unknown"]
    if not known:
        return None
    better = sum(one in ("less", "gone") for one in known)
    return _("%(n)s of %(all)s") % {"n": better, "all": len(known)}


def _length(rows: list[Facts]) -> str:
    return _n(len(rows))


def _count(code: str, name: str = "n") -> Callable[[Facts], str | None]:
    def of(service: Facts) -> str | None:
        found = [one.get(name) for one in service["counts"] if one["code"] == code]
        return None if not found or found[0] is None else _n(found[0])

    return of


def _late(service: Facts) -> str | None:
    late = next((one for one in service["shares"] if one["code"] == "late"), None)
    if late is None or not late["n"]:
        return None
    return _sure(_of(late["hits"], late["n"], late), late)


SAID: Mapping[str, Callable[[Facts], str | None]] = {
    "unit": lambda facts: str(facts["unit"]),
    "days": lambda facts: days_in_words(facts["first"], facts["last"]),
    "days_before": lambda facts: days_in_words(*facts["before"]),
    "contacts": _of_volume("contacts"),
    "contacts_before": _of_volume("before"),
    "inspected": _inspected,
    "unanswered": _of_volume("unanswered"),
    "targets_met": _met,
    "targets_missed": _missed,
}
SECTION_SAID: Mapping[str, Mapping[str, Callable[[Any], str | None]]] = {
    "inspection": {"bad_share": _bad_share},
    "problems": {
        "problems": _length,
        "first_problem": _first,
        "first_problem_share": _first_share,
        "more_often": _changed("more"),
        "less_often": _changed("less"),
    },
    "trend": {"days_above": _above},
    "measures": {"measures_better": _better},
    "directions": {"directions": _length},
    "points": {"points": _length},
    "returned": {"matters": _length},
    "service": {
        "cases": _count("registered"),
        "cases_before": _count("registered", "before"),
        "cases_solved": _count("solved"),
        "cases_open": _count("open"),
        "complaints": _count("complaints"),
        "complaints_before": _count("complaints", "before"),
        "late_share": _late,
    },
}
