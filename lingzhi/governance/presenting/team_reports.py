"""The figures of a team's report in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lingzhi.core.languages import in_language
from lingzhi.governance.models import TeamReport
from lingzhi.org.models import Presence

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownFacts:
    """Labels with figures, absences and subjects; the days they are about."""

    days: str
    figures: list[tuple[str, str]]
    away: list[tuple[str, int]]
    subjects: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ShownReport:
    """One team's report; `shown` is None as long as it is not handed in."""

    report: TeamReport
    shown: ShownFacts | None


def shown_facts(facts: Facts) -> ShownFacts:
    return ShownFacts(
        days=f"{facts['first']} – {facts['last']}",
        figures=[
            (_("Conversations"), str(facts["contacts"])),
            (_("Not answered"), str(facts["unanswered"])),
            (_("Cases registered"), str(facts["cases"])),
            (_("Cases closed"), str(facts["closed"])),
            (_("Cases late"), str(facts["late"])),
            (_("Complaints"), str(facts["complaints"])),
            (_("Mean score"), _score(facts["score"])),
        ],
        away=[(str(Presence.Kind(kind).label), n) for kind, n in facts["away"].items()],
        subjects=[(in_language(one["title"]), one["n"]) for one in facts["subjects"]],
    )


def _score(score: Facts) -> str:
    """88.4 [85.0, 91.8], of 12 scores."""
    if score["value"] is None:
        return _("nobody scored")
    of = ngettext("of %(n)s score", "of %(n)s scores", score["n"]) % {"n": score["n"]}
    return f"{score['value']} [{score['low']}, {score['high']}] {of}"


def shown_reports(reports: Any) -> list[ShownReport]:
    return [ShownReport(one, shown_facts(one.facts) if one.handed_at else None) for one in reports]
