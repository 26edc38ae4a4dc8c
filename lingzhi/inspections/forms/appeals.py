"""What is sent about appeals: the items with reasons and evidence, and opinions about them."""

import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lingzhi.inspections.forms.reviews import sent_answers
from lingzhi.inspections.models import Appeal, Review
from lingzhi.inspections.services.appeals import Point
from lingzhi.inspections.services.deciding_appeals import Opinion


def sent_points(data: QueryDict) -> list[Point]:
    """The items that were ticked (`items`), each with `reason-` and `turns-` and its code."""
    return [
        Point(code, data.get(f"reason-{code}", ""), _turns(data.get(f"turns-{code}", "")))
        for code in dict.fromkeys(data.getlist("items"))
    ]


def _turns(text: str) -> list[int]:
    return [int(one) for one in re.findall(r"\d{1,6}", text)]


@dataclass(frozen=True, slots=True)
class SentOpinions:
    """Opinions by item, and the items for which no answer was chosen."""

    opinions: dict[str, Opinion]
    unanswered: tuple[str, ...]


def sent_opinions(appeal: Appeal, data: QueryDict) -> SentOpinions:
    """`answer-` and `reason-` of each item; the answer it has already means that it stands.

    Items beside those appealed against are what another answer makes the sheet ask.
    """
    review: Review = appeal.review
    sent = sent_answers(review.version.read(), data).answers
    opinions, unanswered = {}, []
    appealed = dict(appeal.items.values_list("item", "is_changed"))
    for item, answer in sent.items():
        if item not in appealed and (following := _core(answer)):
            opinions[item] = Opinion(data.get(f"reason-{item}", ""), following)
    for item in (code for code, is_changed in appealed.items() if not is_changed):
        answer = _core(sent.get(item, {}))
        if not answer:
            unanswered.append(item)
            continue
        stands = answer == _core(review.answers.get(item, {}))
        opinions[item] = Opinion(data.get(f"reason-{item}", ""), None if stands else answer)
    return SentOpinions(opinions, tuple(unanswered))


def _core(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer without what stands beside it; numbers as text, for the browser sends text."""
    if answer.get("is_na"):
        return {"is_na": True}
    value = answer.get("value")
    if value in (None, "", []):
        return {}
    return {"value": value if isinstance(value, list) else str(value)}


class AppealFilters(forms.Form):
    """Which appeals are listed."""

    WHOSE = (("", _("All")), ("mine", _("Mine")), ("decide", _("Waiting for me")))
    STATES = (
        ("", _("All")),
        ("living", _("Not over yet")),
        ("overturned", _("Score changed")),
        ("stands", _("Score stands")),
        ("withdrawn", _("Withdrawn")),
    )
    whose = forms.ChoiceField(label=_("Whose"), required=False, choices=WHOSE)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    text = forms.CharField(label=_("Words of a decision, agent or conversation"), required=False)


class OutcomeFilters(forms.Form):
    """Of how many days the outcomes are counted."""

    DAYS = (("90", _("90 days")), ("180", _("180 days")), ("365", _("365 days")))
    days_back = forms.ChoiceField(label=_("Released in the last"), required=False, choices=DAYS)

    @property
    def days(self) -> int:
        """The days that were chosen, else the first choice."""
        return int(getattr(self, "cleaned_data", {}).get("days_back") or self.DAYS[0][0])
