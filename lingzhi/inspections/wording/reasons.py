"""Every reason code of the engine as a sentence (`lingzhi_engine.inspect.reasons`)."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.facts import fact_in_words
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
    reasons.SUSPENDED: (
        _("The rule is suspended: an expression takes too long."),
        _("The rule is suspended: %(detail)s."),
    ),
    reasons.OTHER_CHANNEL: (_("The rule is for other channels."), ""),
    reasons.OTHER_DIRECTION: (_("The rule is for the other direction."), ""),
    reasons.PRECONDITION: (_("The case the rule is made for did not occur."), ""),
    reasons.NO_TRIGGER: (_("Nothing called for it."), ""),
    reasons.ANCHOR_MISSING: (
        _("What the rule hangs on did not occur."),
        _("What the rule hangs on did not occur: %(detail)s."),
    ),
    reasons.NO_EXCHANGE: (_("Nobody answered anybody."), ""),
    reasons.ABSENT: (_("Looked for and not found."), ""),
    reasons.MISSING_PARTS: (_("Parts are missing."), _("Missing: %(detail)s.")),
    reasons.DUTY_MISSING: (_("What had to follow did not."), ""),
    reasons.BELOW: (_("Less than it should be."), ""),
    reasons.ABOVE: (_("More than it should be."), ""),
    reasons.WITHIN: (_("It lies in the range of the rule."), ""),
}
OF_A_FIELD = {reasons.FIELD_MISSING, reasons.NOT_COMPARABLE}


def reason_in_words(code: str, detail: str = "") -> str:
    """The sentence of a reason; a code of a newer engine is shown as it is."""
    if not code:
        return ""
    if code == reasons.SUSPENDED and detail and ":" in detail:
        said = gettext("The rule is suspended.")
        return f"{said} {suspension_in_words(detail)}"
    alone, with_detail = REASONS.get(code, (code, ""))
    if detail and with_detail and detail != "timeout":
        told = fact_in_words(detail) if code in OF_A_FIELD else _listed(detail)
        return str(with_detail) % {"detail": told}
    return str(alone)


def suspension_in_words(reason: str) -> str:
    """Why a version is suspended: a code of the engine as a sentence, a person's words as such."""
    code, _colon, about = reason.partition(":")
    if code == "timeout":
        return gettext("Condition %(name)s: an expression takes too long.") % {"name": about}
    if code == "error":
        return gettext("It cannot be evaluated on some conversation (%(error)s).") % {
            "error": about
        }
    return reason


ROLES = {
    "agent": _("agent"),
    "customer": _("customer"),
    "bot": _("bot"),
    "system": _("system"),
}


def _listed(detail: str) -> str:
    """Names in the detail as the reader writes a list; roles in the reader's words."""
    parts = [part.strip() for part in detail.replace("|", ",").split(",")]
    return gettext(", ").join(str(ROLES.get(part, part)) for part in parts if part)
