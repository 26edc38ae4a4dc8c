"""Every reason code of the engine as a sentence (`lingzhi_engine.inspect.reasons`)."""

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.facts import fact_in_words
from lingzhi.core.languages import joined
from lingzhi.inspections.wording.choices import choice_in_words
from lingzhi.inspections.wording.needs import need_in_words
from lingzhi_engine.inspect import reasons

# Two wordings: alone, and with the detail that stands beside the code.
REASONS: dict[str, tuple[str | Promise, str | Promise]] = {
    reasons.NO_TURNS: (_("The conversation has no words."), ""),
    reasons.ROLE_MISSING: (
        _("Whom the rule looks at says nothing."),
        _("Whom the rule looks at says nothing: %(detail)s."),
    ),
    reasons.NO_TIMES: (_("The turns have no times."), ""),
    reasons.NO_SPEECH: (_("There is nothing long enough to measure."), ""),
    reasons.FIELD_MISSING: (
        _("A field of the conversation is missing."),
        _("The field “%(detail)s” is missing."),
    ),
    reasons.NOT_COMPARABLE: (
        _("A field is neither a number nor a date."),
        _("The field “%(detail)s” is neither a number nor a date."),
    ),
    reasons.CHANNEL_MISSING: (_("The channel is not known."), ""),
    reasons.DIRECTION_MISSING: (_("It is not known who called whom."), ""),
    reasons.MODEL_MISSING: (
        _("There is no model that could answer."),
        _("There is no model “%(detail)s”."),
    ),
    reasons.NOT_MEASURED: (
        _("The classifier had too few examples to be relied on."),
        _("The classifier had too few examples to be relied on: %(detail)s."),
    ),
    reasons.UNSURE: (_("The model is not sure."), ""),
    reasons.NOT_ASKED: (_("Not asked: the answer would have changed nothing."), ""),
    reasons.BUDGET_SPENT: (_("The calls or the time of this run were used up."), ""),
    reasons.NO_ANSWER: (
        _("The language model did not answer."),
        _("The language model did not answer: %(detail)s."),
    ),
    reasons.NOT_ALLOWED: (
        _("The address of the language model is not allowed."),
        _("The address of the language model is not allowed: %(detail)s."),
    ),
    reasons.TOO_LONG: (
        _("The conversation is too long for the language model."),
        _("The conversation is longer than the %(detail)s characters the language model takes."),
    ),
    reasons.BAD_ANSWER: (
        _("The language model did not answer in the form asked for."),
        _("The language model did not answer in the form asked for: %(detail)s."),
    ),
    reasons.JUDGE_UNSURE: (_("The language model cannot tell from what was said."), ""),
    reasons.QUOTE_NOT_FOUND: (
        _("The language model quoted words that nobody said."),
        _("The language model quoted words that nobody said in turn %(detail)s."),
    ),
    reasons.QUOTE_MISSING: (_("The language model quoted nothing its answer rests on."), ""),
    reasons.JUDGED: (_("Judged by a language model."), _("The language model: %(detail)s")),
    reasons.KB_AGREES: (
        _("The answer agrees with the knowledge base."),
        _("The answer agrees with the knowledge base, entry %(detail)s."),
    ),
    reasons.KB_CONTRADICTS: (
        _("The answer contradicts the knowledge base."),
        _("The answer contradicts the knowledge base, entry %(detail)s."),
    ),
    reasons.KB_DIFFERS: (
        _("The answer is not that of the knowledge base."),
        _("The answer is not that of the knowledge base, entry %(detail)s."),
    ),
    reasons.KB_UNANSWERED: (
        _("A question that the knowledge base answers got no answer."),
        _("A question that the knowledge base answers got no answer, entry %(detail)s."),
    ),
    reasons.KB_NOT_IN_BASE: (_("The knowledge base has no answer to this question."), ""),
    reasons.SUSPENDED: (
        _("The rule is suspended: an expression takes too long."),
        _("The rule is suspended: %(detail)s."),
    ),
    reasons.OTHER_CHANNEL: (_("The rule is for other channels."), ""),
    reasons.OTHER_DIRECTION: (_("The rule is for the other direction."), ""),
    reasons.PRECONDITION: (_("The case the rule is made for did not occur."), ""),
    reasons.NO_TRIGGER: (_("Nothing called for it."), ""),
    reasons.EXCUSED: (_("What called for it was excused."), ""),
    reasons.ANCHOR_MISSING: (
        _("What the rule hangs on did not occur."),
        _("What the rule hangs on did not occur: %(detail)s."),
    ),
    reasons.NO_EXCHANGE: (_("Nobody answered anybody."), ""),
    reasons.ABSENT: (_("Looked for and not found."), ""),
    reasons.MISSING_PARTS: (_("Parts are missing."), _("Missing: %(detail)s.")),
    reasons.DUTY_MISSING: (_("What had to follow did not."), _("Missing: %(detail)s.")),
    reasons.BELOW: (_("Less than it should be."), ""),
    reasons.ABOVE: (_("More than it should be."), ""),
    reasons.LANGUAGE: (_("The language was determined."), _("The language is %(detail)s.")),
    reasons.NOT_RESTATED: (_("It was not said again."), _("It was not said again: %(detail)s.")),
    reasons.NOT_ANSWERED: (_("Nobody answered this question."), ""),
    reasons.DIFFERS: (
        _("It differs from what the other side says."),
        _("It differs from the field “%(detail)s”."),
    ),
    reasons.WITHIN: (_("It lies in the range of the rule."), ""),
    reasons.NO_EMOTION: (_("The emotion is not known."), ""),
    reasons.NO_ENERGY: (_("The loudness is not known."), ""),
    reasons.EMOTION: (_("How it sounds."), _("Sounds %(detail)s.")),
    reasons.ENDED_BY: (_("Who ended the call."), _("Ended by: %(detail)s.")),
    reasons.SILENT_ROLE: (_("One side cannot be heard."), _("Cannot be heard: %(detail)s.")),
    reasons.TABLE_MISSING: (
        _("Records that the rule needs are missing."),
        _("Records that the rule needs are missing: %(detail)s."),
    ),
    reasons.RECORD_INCOMPLETE: (
        _("A record does not tell enough."),
        _("A record does not tell enough: %(detail)s."),
    ),
    reasons.NO_RECORD: (_("There is no such record."), _("There is no such record: %(detail)s.")),
    reasons.RECORD: (_("A record says so."), _("The record says so: %(detail)s.")),
    reasons.STEP: (_("A step of the process."), _("Step of the process: %(detail)s.")),
    reasons.OUT_OF_ORDER: (
        _("An earlier stage begins behind a later one."),
        _("Out of order: %(detail)s."),
    ),
    reasons.KEPT: (_("The promise was kept."), _("The promise was kept: %(detail)s.")),
    reasons.BROKEN: (
        _("The promise was not kept in time."),
        _("The promise was not kept in time: %(detail)s."),
    ),
    reasons.OPEN: (_("The promise is still open."), _("The promise is still open: %(detail)s.")),
    reasons.UNRECORDED: (_("The promise stands in no record."), ""),
    reasons.RECORDED_OTHERWISE: (
        _("It was recorded as something else."),
        _("Said and recorded differ: %(detail)s."),
    ),
    reasons.OMITTED: (_("It stands in no record."), _("It stands in no record: %(detail)s.")),
    reasons.UNVERIFIED: (
        _("Disclosed before enough was checked."),
        _("Disclosed before enough was checked; missing: %(detail)s."),
    ),
    reasons.NEVER: (_("It never came."), ""),
    reasons.UNSUPPORTED: (_("No article bears it out."), _("No article bears it out: %(detail)s.")),
}
OF_A_FIELD = {reasons.FIELD_MISSING, reasons.NOT_COMPARABLE, reasons.DIFFERS}
# Reasons whose detail is a choice of this parameter.
OF_A_CHOICE = {reasons.LANGUAGE: "language", reasons.NOT_RESTATED: "facts"}

# Reasons whose detail is a table of records.
OF_A_TABLE = {reasons.TABLE_MISSING, reasons.RECORD_INCOMPLETE, reasons.NO_RECORD}

AS_WRITTEN = {reasons.JUDGED, reasons.NOT_ALLOWED}  # the detail is no list of names


def reason_in_words(code: str, detail: str = "") -> str:
    """The sentence of a reason; a code of a newer engine is shown as it is."""
    if not code:
        return ""
    if code == reasons.SUSPENDED and detail and ":" in detail:
        said = gettext("The rule is suspended.")
        return f"{said} {suspension_in_words(detail)}"
    alone, with_detail = REASONS.get(code, (code, ""))
    if detail and with_detail and detail != "timeout":
        if code in AS_WRITTEN:
            return str(with_detail) % {"detail": detail}
        return str(with_detail) % {"detail": _told(code, detail)}
    return str(alone)


def _told(code: str, detail: str) -> str:
    """The detail of a reason in the reader's words."""
    if code in OF_A_CHOICE:
        return choice_in_words(OF_A_CHOICE[code], detail)
    if code in OF_A_TABLE:
        return need_in_words(detail)
    return fact_in_words(detail) if code in OF_A_FIELD else _listed(detail)


def suspension_in_words(reason: str) -> str:
    """Why a version is suspended: a code of the engine as a sentence, a person's words as such."""
    code, _colon, about = reason.partition(":")
    if code == "timeout":
        return gettext("Condition %(name)s: an expression takes too long.") % {"name": about}
    if code == "error":
        return gettext("It cannot be evaluated on some conversation (%(error)s).") % {
            "error": about
        }
    if code == "trust":
        return distrust_in_words(*about.split(":"))
    return reason


DISTRUST = {
    "precision": _(
        "Of the hits that people looked at, surely fewer than %(asked)s are right (%(seen)s at "
        "most)."
    ),
    "overturned": _("Of its hits surely more than %(asked)s were overturned (%(seen)s at least)."),
}


def distrust_in_words(cause: str, seen: str, asked: str) -> str:
    """Why a version is not trusted, from the limit of its figure and what is asked."""

    def share(ratio: str) -> str:
        return f"{number_format(round(float(ratio) * 100, 1), 1)} %"

    return str(DISTRUST[cause]) % {"seen": share(seen), "asked": share(asked)}


ROLES = {
    "agent": _("agent"),
    "customer": _("customer"),
    "bot": _("bot"),
    "system": _("system"),
}


def _listed(detail: str) -> str:
    """Names in the detail as the reader writes a list; roles in the reader's words."""
    parts = [part.strip() for part in detail.replace("|", ",").split(",")]
    return joined(str(ROLES.get(part, part)) for part in parts if part)
