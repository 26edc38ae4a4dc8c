"""Result lines in an order, and as rows of a file."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.presenting.lines import ShownLine
from lingzhi.inspections.presenting.rules import ShownRule
from lingzhi.inspections.wording.dimensions import dimension_in_words

SORTS: dict[str, Callable[[ShownLine], Any]] = {
    "name": lambda line: line.name,
    "hits": lambda line: line.tally.hits,
    "judged": lambda line: line.tally.judged,
    "ratio": lambda line: -1.0 if line.tally.ratio is None else line.tally.ratio,
    "unknown": lambda line: line.tally.unknown,
}


def sorted_lines(lines: list[ShownLine], sort: str, by: str) -> list[ShownLine]:
    """As asked; else days newest first, and everything else by what its rate is at least."""
    known = sorted(lines, key=lambda line: (line.name, line.about))
    if sort:
        return sorted(known, key=SORTS[sort.lstrip("-")], reverse=sort.startswith("-"))
    if by == "day":
        return known[::-1]
    return sorted(known, key=lambda line: -line.low if line.tally.is_enough else 2.0)


def header_of(by: str) -> list[str]:
    """Column names of a result file, in the reader's language."""
    first = {
        "rule": [_("Code"), _("Rule"), _("Version"), _("Dimension"), _("Severity"), _("Kind")],
        "agent": [_("Staff number"), _("Agent")],
        "unit": [_("Team")],
        "channel": [_("Channel")],
        "day": [_("Day")],
    }[by]
    return [
        *first,
        _("Hits"),
        _("Judged"),
        _("Rate"),
        _("95 % interval from (Clopper–Pearson)"),
        _("95 % interval to (Clopper–Pearson)"),
        _("Cannot be judged"),
        _("Does not apply"),
        _("Too few to say"),
    ]


def row_of(line: ShownLine, by: str) -> list[Any]:
    """One line as cells; ratios are 0–1, empty where nothing was judged."""
    tally, interval = line.tally, line.tally.interval
    return [
        *_first_cells(line, by),
        tally.hits,
        tally.judged,
        "" if tally.ratio is None else round(tally.ratio, 6),
        "" if interval is None else round(interval.low, 6),
        "" if interval is None else round(interval.high, 6),
        tally.unknown,
        tally.na,
        "" if tally.is_enough else _("yes"),
    ]


def _first_cells(line: ShownLine, by: str) -> list[Any]:
    version = line.version
    if version is not None:
        return [
            version.rule.code,
            version.title,
            version.number,
            dimension_in_words(version.dimension),
            str(version.get_severity_display()),
            str(version.get_kind_display()),
        ]
    return [line.about, line.name] if by == "agent" else [line.name]


RULE_SORTS: dict[str, Callable[[ShownRule], Any]] = {
    "title": lambda shown: shown.main.version.title,
    "dimension": lambda shown: (shown.dimension, shown.rule.code),
    "severity": lambda shown: list(RuleVersion.Severity).index(
        RuleVersion.Severity(shown.main.version.severity)
    ),
    "state": lambda shown: shown.main.version.state,
    "owner": lambda shown: shown.rule.owner.name if shown.rule.owner else "",
    "ratio": lambda shown: -1.0 if shown.main.tally.ratio is None else shown.main.tally.ratio,
}


def sorted_rules(rules: list[ShownRule], sort: str) -> list[ShownRule]:
    """As asked, else by code, which begins with the dimension."""
    known = sorted(rules, key=lambda shown: shown.rule.code)
    if not sort:
        return known
    return sorted(known, key=RULE_SORTS[sort.lstrip("-")], reverse=sort.startswith("-"))
