"""An assessment in words: its state, and the facts the program filled in."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.accounts.capabilities import CAPABILITIES
from lingzhi.conformity.models import Assessment
from lingzhi.conformity.queries.assessments import is_waiting
from lingzhi.core.clock import today

AMOUNTS: dict[str, str | Promise] = {
    "recordings": gettext_lazy("Recordings"),
    "transcripts": gettext_lazy("Conversations with their words"),
    "refused": gettext_lazy("Recordings that customers refused"),
    "withheld": gettext_lazy("Conversations that are withheld"),
    "judged": gettext_lazy("Conversations judged by rules"),
    "findings": gettext_lazy("Findings of rules"),
    "scores": gettext_lazy("Released scores"),
    "listened": gettext_lazy("Times somebody listened to a recording, last 365 days"),
    "identifiers": gettext_lazy("Names, numbers and addresses of customers"),
    "cards": gettext_lazy("Of these ID and bank cards"),
    "revealed": gettext_lazy("Times something was shown in the clear, last 365 days"),
    "webhooks": gettext_lazy("Other systems that are told"),
    "exported": gettext_lazy("Exports of conversations, last 365 days"),
    "downloaded": gettext_lazy("Recordings taken away, last 365 days"),
    "given_out": gettext_lazy("Copies given to customers, last 365 days"),
    "articles": gettext_lazy("Answers that customers read"),
    "cases": gettext_lazy("Typical cases in the library"),
}


@dataclass(frozen=True, slots=True)
class ShownAssessment:
    """One line of the register."""

    row: Assessment
    state: str
    tone: str
    is_due: bool


def shown_assessment(row: Assessment) -> ShownAssessment:
    """The state in words: draft, waiting, in force, due for review, or followed by another."""
    if row.approved_at is None:
        waits = is_waiting(row)
        words, tone = (_("Waits for approval"), "flow") if waits else (_("Draft"), "unknown")
        return ShownAssessment(row, words, tone, False)
    after = getattr(row, "followed_by", None)
    if after is not None and after.approved_at is not None:
        return ShownAssessment(row, _("Followed by another"), "unknown", False)
    if row.review_on is not None and row.review_on <= today():
        return ShownAssessment(row, _("Due for review"), "warn", True)
    return ShownAssessment(row, _("In force"), "good", False)


def facts_in_words(facts: dict[str, Any]) -> list[tuple[str, str]]:
    """What the program filled in, line by line."""
    lines = [(str(AMOUNTS.get(code, code)), str(n)) for code, n in facts["amounts"].items()]
    kept = facts["days"]
    lines.append((_("Kept for"), _("%(n)s days") % {"n": kept} if kept else _("no period is set")))
    for right, people in facts["rights"].items():
        label = _("People who may: %(what)s") % {"what": CAPABILITIES.get(right, right)}
        lines.append((label, str(people)))
    return lines
