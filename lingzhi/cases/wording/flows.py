"""Every problem code of flows as a sentence (`lingzhi_engine.flow.problems`)."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi_engine.flow import Problem

PROBLEMS: dict[str, str | Promise] = {
    "not_a_mapping": _("must be names with values"),
    "not_a_list": _("must be a list"),
    "not_true_or_false": _("must be true or false"),
    "unknown_field": _("there is no field “%(name)s” here"),
    "unknown_name": _("nothing is called “%(name)s” here"),
    "missing": _("is missing"),
    "bad_code": _("must be small letters, digits and _"),
    "bad_choice": _("must be one of: %(choices)s"),
    "duplicate_code": _("is used twice"),
    "too_many": _("at most %(most)s questions"),
    "unknown_state": _("there is no state “%(name)s”"),
    "no_closed": _("no state is of the kind “closed”"),
    "begins_ended": _("a flow begins in a state of the kind “open”"),
    "waiting_unexplained": _("a step to a state of the kind “waiting” asks for a reason"),
    "unreachable": _("no way leads here from the begin"),
    "dead_end": _("no way leads from here to a closed state"),
}


def in_words(problem: Problem) -> str:
    """The problem as one sentence in the reader's language, with its place before it."""
    sentence = gettext(str(PROBLEMS[problem.code])) % problem.params
    if not problem.place:
        return sentence
    return gettext("%(place)s: %(sentence)s") % {"place": problem.place, "sentence": sentence}
