"""Reviews as pages and papers say them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from lingzhi.accounts.models import User
from lingzhi.governance.models import Review, ReviewDecision, ReviewLine
from lingzhi.governance.presenting.meetings import ShownAction, shown_actions
from lingzhi.governance.presenting.papers import Paper, Part
from lingzhi.governance.presenting.points import ShownLine, days_of, said_lines
from lingzhi.governance.queries.points import SOURCES
from lingzhi.governance.queries.reviews import DECISION, QUESTIONS
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.people import START
from lingzhi.improvement.queries.rectifications import about, kept_about

Words = str | Promise
State, Kind, Verdict = Review.State, Review.Kind, ReviewLine.Verdict
STATE_TONES: Mapping[str, str] = {
    State.PLANNED: "plain", State.PREPARED: "flow", State.HELD: "warn", State.CLOSED: "good",
    State.CANCELLED: "plain",
}  # fmt: skip
VERDICT_TONES = {"": "plain", "good": "good", "partly": "warn", "bad": "bad", "unknown": "unknown"}
NEXT: Mapping[str, Words] = {
    State.PLANNED: gettext_lazy("Next: who prepares it collects the inputs."),
    State.PREPARED: gettext_lazy("Next: read the inputs; on its day the chair opens the review."),
    State.HELD: gettext_lazy(
        "Next: judge each question, write down what is decided; then the chair closes it."
    ),
    State.CLOSED: gettext_lazy("It is closed; its decisions are followed to their end."),
    State.CANCELLED: gettext_lazy("It is not held."),
}
OWN_WORDS: Mapping[str, Mapping[str, Words]] = {
    Kind.RESOURCES: {
        Verdict.GOOD: pgettext_lazy("of resources", "Sufficient"),
        Verdict.PARTLY: pgettext_lazy("of resources", "Sufficient in part"),
        Verdict.BAD: pgettext_lazy("of resources", "Not sufficient"),
    },
    Kind.GOALS: {
        Verdict.GOOD: pgettext_lazy("of goals", "Still fits"),
        Verdict.PARTLY: pgettext_lazy("of goals", "Fits in part"),
        Verdict.BAD: pgettext_lazy("of goals", "Does not fit any more"),
    },
}


def verdicts_of(review: Review) -> dict[str, Any]:
    """The words of its verdicts: of resources they say sufficient, of goals whether they fit."""
    return {**dict(Verdict.choices), **OWN_WORDS.get(review.kind, {})}


@dataclass(frozen=True, slots=True)
class ShownInput:
    """One line with what was collected and what was said of it."""

    line: ReviewLine
    title: Words
    days: str
    lines: list[ShownLine]
    verdict: Words
    tone: str
    form: object = None

    @property
    def more(self) -> int:
        return int(self.line.facts.get("more", 0))

    @property
    def said(self) -> str:
        """For paper: one sentence a line."""
        if self.line.is_input and not self.lines:
            return _("The data show nothing here.")
        words = ngettext("and %(n)s more", "and %(n)s more", self.more) % {"n": self.more}
        more = [words] if self.more else []
        return "\n".join([*(one.words for one in self.lines), *more])


def title_of(line: ReviewLine) -> Words:
    if line.title:
        return line.title
    return QUESTIONS.get(line.question) or SOURCES[line.source][0]


def shown_line(line: ReviewLine, form: object = None) -> ShownInput:
    verdict = verdicts_of(line.review)[line.verdict] if line.verdict else ""
    return ShownInput(
        line, title_of(line), days_of(line.source, line.facts), said_lines(line.source, line.facts),
        verdict, VERDICT_TONES[line.verdict], form,
    )  # fmt: skip


def lines_of(review: Review) -> list[ReviewLine]:
    """In their order, each knowing its review."""
    rows = list(review.lines.select_related("answered_by"))
    for one in rows:
        one.review = review
    return rows


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """A decision with how late it is, what is put right because of it, and the door to that."""

    shown: ShownAction
    rectifications: list[Rectification]
    url: str

    @property
    def row(self) -> Any:
        return self.shown.row


def shown_decisions(rows: Sequence[ReviewDecision], user: User | None) -> list[ShownDecision]:
    """With `user` as that person sees them; without for the report."""
    found: dict[int, list[Rectification]] = {one.pk: [] for one in rows}
    sources = about(DECISION, list(found), user) if user else kept_about(DECISION, list(found))
    for source in sources:
        found[source.key or 0].append(source.rectification)
    may_start, page = user is not None and user.can(START), reverse("improvement:start")
    return [
        ShownDecision(
            one, found[one.row.pk],
            f"{page}?{urlencode({'source': DECISION, 'key': one.row.pk})}" if may_start else "",
        )
        for one in shown_actions(rows)
    ]  # fmt: skip


def paper_of(review: Review) -> Paper:
    """The report as a document; a draft of it until it is closed."""
    shown = [shown_line(one) for one in lines_of(review)]
    inputs = [one for one in shown if one.line.is_input]
    questions = [one for one in shown if not one.line.is_input]
    decisions = shown_decisions(list(review.decisions.select_related("owner")), None)
    header = [_("Questions"), _("Verdict"), _("Reason and evidence")]
    parts = [Part(_("Questions"), "", header, [_printed(one) for one in questions])]
    parts += [
        Part(f"{one.title} {one.days}".strip(), "\n".join(filter(None, [one.said, _judged(one)])))
        for one in inputs
    ]
    parts += [
        Part(_("Decisions"), "" if decisions else _("None."),
             [_("What has to be done"), _("Who does it"), _("To be done by"), _("What was done"),
              _("Put right by")],
             [_decided(one) for one in decisions]),
        Part(pgettext("of a review", "Conclusion"), review.conclusion or _("Not concluded yet.")),
    ]  # fmt: skip
    title = f"{review.number} {review.get_kind_display()}"
    return Paper(review.number, title, _facts(review), parts)


def _facts(review: Review) -> list[tuple[str, str]]:
    held = f"{localtime(review.held_at):%Y-%m-%d %H:%M}" if review.held_at else "–"
    closed = f"{localtime(review.closed_at):%Y-%m-%d %H:%M}" if review.closed_at else "–"
    return [
        (_("Unit"), review.unit.name), (_("State"), str(review.state_words)),
        (_("To be held on"), f"{review.planned_on:%Y-%m-%d}"), (_("Held at"), held),
        (_("Prepared by"), review.preparer.name), (_("Chair"), review.chair.name),
        (_("Closed at"), closed),
    ]  # fmt: skip


def _printed(one: ShownInput) -> list[str]:
    facts = f"\n{one.said}" if one.said else ""
    return [f"{one.title}{facts}", str(one.verdict or _("Not judged yet")), one.line.words]


def _judged(one: ShownInput) -> str:
    return f"{one.verdict}{_(': ')}{one.line.words}" if one.verdict else ""


def _decided(one: ShownDecision) -> list[str]:
    row, followed = one.row, "\n".join(found.number for found in one.rectifications)
    result = row.result or str(one.shown.words)
    return [row.words, row.owner.name, str(row.due_on), result, followed]
