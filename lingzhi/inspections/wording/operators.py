"""What each operator looks for, in a few words and in one sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# operator: (its name in lists, what it asks)
OPERATORS: dict[str, tuple[str | Promise, str | Promise]] = {
    "text.keyword": (_("Words"), _("Any, all, none or a number of words are said.")),
    "text.expr": (
        _("Words with logic"),
        _("A logical expression over words holds in a turn, or in all that is looked at."),
    ),
    "text.regex": (_("Pattern"), _("A regular expression is found.")),
    "text.near": (
        _("Close to each other"),
        _("Two phrases are said within some characters, turns or seconds of each other."),
    ),
    "text.wordset": (_("Word set"), _("A word of a list is said.")),
    "text.script": (
        _("Script"),
        _("The parts of a required script were said; the missing ones are listed."),
    ),
    "text.repeat": (
        _("Repetition"),
        _("A turn says almost the same as an earlier one of the same or of another speaker."),
    ),
    "text.entity": (
        _("Number, address or sum"),
        _("A telephone, identity or card number, a plate, an address, a sum or a date is said."),
    ),
    "text.count": (_("How much was said"), _("The number of turns or letters lies in a range.")),
    "time.silence": (
        _("Silence"),
        _("A silence between two turns of a given length, unless it was announced."),
    ),
    "time.response": (_("Time to answer"), _("The time until an answer lies in a range.")),
    "time.duration": (_("Length"), _("The conversation lasts as long as a range says.")),
    "voice.rate": (_("Speed of speech"), _("Letters spoken a minute lie in a range.")),
    "conv.opening": (_("Opening"), _("Something is said in the first turns.")),
    "conv.closing": (_("Closing"), _("Something is said in the last turns.")),
    "conv.sequence": (_("Steps in order"), _("Several things are said one behind the other.")),
    "conv.ifThen": (
        _("If this, then that"),
        _("Where a trigger is said, a duty is said too; without a trigger it does not apply."),
    ),
    "conv.role": (
        _("Swapped speakers"),
        _("Somebody says what the other side usually says: the speakers may be swapped."),
    ),
    "meta.field": (
        _("Field of the conversation"),
        _("A field of the conversation is held against a value, a range or an expression."),
    ),
    "pii.disclosed": (
        _("Personal data read out"),
        _("A whole telephone, identity or card number is read out."),
    ),
    "forbidden.promise": (
        _("Promise too much"),
        _("A result is promised for certain that lies in other hands."),
    ),
}


def operator_in_words(code: str) -> str:
    """The name of an operator; one of a newer engine is shown as written."""
    return str(OPERATORS.get(code, (code, ""))[0])
