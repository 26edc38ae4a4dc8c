"""Audits in words: states, lines with their evidence, and the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from lingzhi.core.languages import in_language
from lingzhi.governance.forms.audits import AnswerForm
from lingzhi.governance.models import Audit, AuditLine
from lingzhi.governance.presenting.papers import Paper, Part
from lingzhi.governance.queries.audits import lines_of, put_right, still_open
from lingzhi.improvement.models import Rectification
from lingzhi.org.models import Unit
from lingzhi_engine.stats import Interval, clopper_pearson

State, Verdict = Audit.State, AuditLine.Verdict
STATE_TONES: Mapping[str, str] = {
    State.PLANNED: "plain", State.RUNNING: "flow", State.CLOSED: "good", State.CANCELLED: "unknown",
}  # fmt: skip
VERDICT_TONES: Mapping[str, str] = {
    "": "plain", Verdict.CONFORMS: "good", Verdict.OBSERVATION: "warn", Verdict.MINOR: "bad",
    Verdict.MAJOR: "bad", Verdict.SKIPPED: "unknown",
}  # fmt: skip
ENOUGH = 30  # fewer checked cases are too few to say
NOT_ASKED: Mapping[str, str | Promise] = {
    "waits": gettext_lazy("nothing in the program checks it yet"),
    "not_bound": gettext_lazy("not in force on these days for these units"),
}


@dataclass(frozen=True, slots=True)
class ShownControl:
    """What one control said: counts, or why there are none."""

    title: str
    kept: int
    broken: int
    unknown: int
    is_whole: bool
    why: str

    @property
    def checked(self) -> int:
        return self.kept + self.broken

    @property
    def ratio(self) -> float | None:
        return self.kept / self.checked if self.checked else None

    @property
    def interval(self) -> Interval | None:
        return clopper_pearson(self.kept, self.checked) if self.checked else None

    @property
    def is_too_few(self) -> bool:
        return 0 < self.checked < ENOUGH

    @property
    def said(self) -> str:
        """For paper: the counts in one line."""
        if self.why:
            return f"{self.title}{_(': ')}{self.why}"
        words = _("kept %(kept)d, broken %(broken)d, unknown %(unknown)d")
        counts = {"kept": self.kept, "broken": self.broken, "unknown": self.unknown}
        return f"{self.title}{_(': ')}{words % counts}"


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the checklist with all an auditor looks at."""

    line: AuditLine
    controls: list[ShownControl]
    open: list[Rectification]
    followed: list[Rectification]
    tone: str
    form: AnswerForm | None = None
    is_saved: bool = False

    @property
    def needs_rectification(self) -> bool:
        return self.line.is_nonconformity and not self.followed


def shown_lines(audit: Audit, *, units: Sequence[Unit], is_answering: bool) -> list[ShownLine]:
    """The whole checklist; with a form on each line for who answers."""
    lines = list(lines_of(audit))
    before, followed = still_open(lines, audit), put_right(lines)
    shown = []
    for line in lines:
        line.audit = audit
        form = AnswerForm(line=line, units=units) if is_answering else None
        shown.append(
            ShownLine(line, controls_of(line), before.get(line.pk, []),
                      followed.get(line.pk, []), VERDICT_TONES[line.verdict], form)
        )  # fmt: skip
    return shown


def shown_line(
    line: AuditLine, form: AnswerForm | None = None, *, is_saved: bool = False
) -> ShownLine:
    """One of them, after it was answered or by itself."""
    return ShownLine(
        line, controls_of(line), still_open([line], line.audit).get(line.pk, []),
        put_right([line]).get(line.pk, []), VERDICT_TONES[line.verdict], form, is_saved,
    )  # fmt: skip


def controls_of(line: AuditLine) -> list[ShownControl]:
    """What was frozen when the evidence was collected."""
    return [_control(one) for one in line.evidence]


def _control(row: Mapping[str, Any]) -> ShownControl:
    why = NOT_ASKED.get(row["state"], "")
    if not why and not (row["kept"] + row["broken"] + row["unknown"]):
        why = _("nothing to check on these days")
    return ShownControl(
        in_language(row["title"]), row["kept"], row["broken"], row["unknown"], row["is_whole"],
        str(why),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """How many lines have which finding."""

    words: str
    number: int
    tone: str


def counted(lines: Sequence[ShownLine]) -> list[Counted]:
    """Each finding with its number; those that are not answered first."""
    found = [Counted(_("Not answered yet"), sum(not one.line.verdict for one in lines), "plain")]
    for code, words in Verdict.choices:
        number = sum(one.line.verdict == code for one in lines)
        found.append(Counted(str(words), number, VERDICT_TONES[code]))
    return found


def paper_of(audit: Audit) -> Paper:
    """The report as a document; a draft of it while the audit is open."""
    units = list(audit.units.order_by("path"))
    lines = shown_lines(audit, units=units, is_answering=False)
    findings = [one for one in lines if one.line.verdict not in ("", Verdict.CONFORMS)]
    header = [_("Clause"), pgettext("of an audit", "Finding"), _("What was seen"),
              _("Evidence of controls"),
              _("Put right by")]  # fmt: skip
    return Paper(
        name=audit.number,
        title=f"{audit.number} {audit.title}",
        facts=_facts(audit, units, lines),
        parts=[
            Part(_("What is audited, and why"), audit.aim),
            Part(_("Findings"), "" if findings else _("None."), header,
                 [_printed(one) for one in findings]),
            Part(_("Checklist"), "", header, [_printed(one) for one in lines]),
            Part(pgettext("of an audit", "Conclusion"),
                 audit.conclusion or _("Not concluded yet.")),
        ],
    )  # fmt: skip


def _facts(
    audit: Audit, units: Sequence[Unit], lines: Sequence[ShownLine]
) -> list[tuple[str, str]]:
    people = [audit.lead, *audit.auditors.order_by("staff_no")]
    days = f"{audit.from_on:%Y-%m-%d} – {audit.to_on:%Y-%m-%d}"
    closed = date_format(localtime(audit.closed_at), "Y-m-d H:i") if audit.closed_at else "–"
    facts = [
        (_("Kind of audit"), audit.get_kind_display()),
        (_("State"), str(audit.state_words)),
        (_("Audited units"), _("; ").join(one.name for one in units)),
        (_("Evidence of the days"), days),
        (_("Held from"), f"{audit.begun_on:%Y-%m-%d}" if audit.begun_on else "–"),
        (_("Auditors"), _("; ").join(one.name for one in people)),
        (_("Closed at"), closed),
    ]
    facts += [(one.words, str(one.number)) for one in counted(lines)]
    if audit.report_id:
        risks = [_shown_count(audit.high), _shown_count(audit.medium), _shown_count(audit.low)]
        facts.append((_("Scan: high, medium, low risk"), " / ".join(risks)))
    return facts


def _shown_count(number: int | None) -> str:
    return "–" if number is None else str(number)


def _printed(one: ShownLine) -> list[str]:
    line = one.line
    words = line.clause.words if line.clause else ""
    seen = "\n".join(filter(None, [line.unit.name if line.unit else "", line.words, line.link]))
    said = "\n".join(control.said for control in one.controls)
    followed = "\n".join(f"{row.number} {row.get_state_display()}" for row in one.followed)
    verdict = line.get_verdict_display() if line.verdict else _("Not answered yet")
    return [f"{line.label}\n{words}".strip(), verdict, seen, said, followed]
