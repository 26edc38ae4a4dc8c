"""Every problem of a questionnaire as a sentence."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.wording.flows import PROBLEMS
from lingzhi_engine.flow import Problem

OWN = {"no_dimension": _("no question asks about it")}


def in_words(problem: Problem) -> str:
    """The problem as one sentence in the reader's language, with its place before it."""
    sentence = gettext(str({**PROBLEMS, **OWN}[problem.code])) % problem.params
    place = problem.place.removeprefix("questions.")
    return gettext("%(place)s: %(sentence)s") % {"place": place, "sentence": sentence}
