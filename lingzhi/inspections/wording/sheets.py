"""Every problem code of score sheets as a sentence (`lingzhi_engine.sheet.problems`)."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lingzhi.inspections.wording.problems import EXPECTED
from lingzhi_engine.sheet import Problem

PROBLEMS: dict[str, str | Promise] = {
    "not_a_mapping": _("must be names with values"),
    "not_a_list": _("must be a list"),
    "unknown_field": _("there is no field “%(name)s” here"),
    "missing": _("is missing"),
    "wrong_type": _("must be %(expected)s"),
    "bad_choice": _("must be one of: %(choices)s"),
    "bad_code": _("must be small letters, digits and _"),
    "duplicate_code": _("is used twice"),
    "too_small": _("must be at least %(minimum)s"),
    "too_large": _("must be at most %(maximum)s"),
    "too_long": _("is longer than %(maximum)s characters"),
    "few_answers": _("needs at least two answers"),
    "no_best_answer": _("no answer gives all points"),
    "no_items": _("needs at least one item"),
    "no_scored_items": _("has no item that changes the score"),
    "ends_reversed": _("the lower end must be below the upper end"),
    "needs_a_limit": _("needs a lower or an upper limit"),
    "count_needs_counted": _("occurrences are counted only in a section of the kind “counted”"),
    "counted_needs_count": _("a section of the kind “counted” holds only counts, texts and dates"),
    "points_zero": _("must not be zero"),
    "points_not_positive": _("must not be below zero"),
    "cap_direction": _("must have the same sign as the points"),
    "weights_sum": _("the weights sum to %(sum)s, not to %(full)s"),
    "points_sum": _("the points sum to %(sum)s, not to %(full)s"),
    "weight_missing": _("the other sections have a weight, this one has none"),
    "weight_elsewhere": _("only rated sections have a weight"),
    "start_with_rated": _("only a sheet without rated sections has a starting score"),
    "shown_unknown": _("there is no choice “%(name)s” before this item"),
    "shown_answer": _("the item “%(item)s” has no answer “%(name)s”"),
    "fill_answer": _("there is no answer “%(name)s”"),
    "fill_kind": _("rules can answer a choice or a count only"),
    "lines_reversed": _("the line of excellence is below the line of passing"),
    "unknown_item": _("there is no item “%(name)s”"),
    "unknown_answer": _("there is no answer “%(name)s”"),
    "unknown_cause": _("there is no cause “%(name)s”"),
    "na_not_allowed": _("“does not apply” is not allowed here"),
    "off_step": _("must be %(low)s plus a whole number of steps of %(step)s"),
    "not_a_date": _("must be a date: year-month-day"),
}
FIELDS: dict[str, str | Promise] = {
    "title": _("title"),
    "code": _("code"),
    "points": _("points"),
    "weight": _("weight"),
    "answers": _("answers"),
    "share": _("share"),
    "low": _("lower end"),
    "high": _("upper end"),
    "step": _("step"),
    "cap": _("cap"),
    "kind": _("kind"),
    "full": _("full mark"),
    "start": _("starting score"),
    "passes_at": _("passing line"),
    "excels_at": _("line of excellence"),
    "veto_score": _("score after a veto"),
    "fails_after": _("failed items that fail it"),
    "shown": _("asked only after"),
    "fill": _("answered by rules"),
    "sections": _("sections"),
    "items": _("items"),
    "causes": _("causes"),
    "comment": _("comment"),
    "evidence": _("evidence"),
    "value": _("answer"),
}


def in_words(problem: Problem) -> str:
    """The problem as one sentence in the reader's language, with its place before it."""
    sentence, place = without_place(problem), place_in_words(problem.place)
    if not place:
        return sentence
    return gettext("%(place)s: %(sentence)s") % {"place": place, "sentence": sentence}


def without_place(problem: Problem) -> str:
    """The sentence alone, for who stands beside the place already."""
    params = {name: _value(name, value) for name, value in problem.params.items()}
    return gettext(str(PROBLEMS[problem.code])) % params


def place_in_words(place: str) -> str:
    """Where it is: codes as they are, the names of fields in words."""
    parts = [part for part in place.split(".") if part not in ("sections", "items")]
    if place and not parts:
        parts = [place]
    return " › ".join(str(FIELDS.get(part, part)) for part in parts)


def _value(name: str, value: object) -> object:
    return str(EXPECTED.get(str(value), value)) if name == "expected" else value


ITEM_KINDS: dict[str, str | Promise] = {
    "choice": _("one of several answers"),
    "multi": _("any of several answers"),
    "scale": _("a number on a scale"),
    "measure": _("a measured number with limits"),
    "count": _("how often it happened"),
    "text": _("a text, without points"),
    "date": _("a date, without points"),
}
SECTION_KINDS: dict[str, str | Promise] = {
    "rated": _("rated: part of the full mark"),
    "bonus": _("bonus: on top of the full mark"),
    "counted": _("counted: each occurrence takes or gives points"),
}
VETOES: dict[str, str | Promise] = {
    "none": _("its points are lost"),
    "section": _("its section gets nothing"),
    "sheet": _("the whole sheet is vetoed"),
}
FAMILIES: dict[str, str | Promise] = {
    "customer": _("critical for the customer"),
    "business": _("critical for the business"),
    "compliance": _("critical for compliance"),
}
NEEDS: dict[str, str | Promise] = {
    "never": _("never needed"),
    "failed": _("needed when it fails"),
    "always": _("always needed"),
}
