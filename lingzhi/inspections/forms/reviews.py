"""What an inspector sends from the workbench: an answer, a comment, evidence for each item."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from lingzhi.inspections.models import SheetVersion
from lingzhi.inspections.services.scoring import Place
from lingzhi.inspections.wording.sheets import without_place
from lingzhi_engine.sheet import InvalidSheet, ItemKind, Sheet, as_data, read_answers

NA = "na"
PLACE = re.compile(r"(\d{1,6})(?::(\d{1,6})-(\d{1,6}))?")
Answers = dict[str, dict[str, Any]]


@dataclass
class Sent:
    """What fits, by the code of the item, and a sentence for each answer that does not."""

    answers: Answers = field(default_factory=dict)
    pins: dict[str, list[Place]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def sent_answers(sheet: Sheet, data: QueryDict) -> Sent:
    """What the browser sent; one answer that does not fit takes no other with it.

    The fields of an item are `answer-`, `comment-`, `causes-` and `turns-` with its code; `turns-`
    holds numbers of turns in any writing (`3, 7`), with characters where words are meant (`7:0-4`).
    """
    sent = Sent()
    for item in sheet.items:
        given = _given(item.code, item.kind, data)
        problems = _problems(sheet, item.code, given)
        sent.problems += [f"{item.title}: {problem}" for problem in problems]
        if given and not problems:
            sent.answers[item.code] = given
        places = _places(data.get(f"turns-{item.code}", ""))
        if places:
            sent.pins[item.code] = places
    return sent


def _places(text: str) -> list[Place]:
    return [
        (int(turn), int(start), int(end)) if end else int(turn)
        for turn, start, end in PLACE.findall(text)
    ]


def changed_answers(sheet: Sheet, before: Mapping[str, Any], data: QueryDict) -> Sent:
    """What the browser sent, without the items whose answer, comment and causes are as before."""
    sent = sent_answers(sheet, data)
    written = as_data(read_answers(sheet, sent.answers))
    sent.answers = {
        code: one for code, one in sent.answers.items() if written[code] != _said(before, code)
    }
    return sent


def _said(answers: Mapping[str, Any], code: str) -> dict[str, Any]:
    """One answer without what is counted beside it."""
    counted = ("evidence", "photos")
    return {name: value for name, value in answers.get(code, {}).items() if name not in counted}


def _problems(sheet: Sheet, code: str, given: dict[str, Any]) -> list[str]:
    try:
        read_answers(sheet, {code: given})
    except InvalidSheet as invalid:
        return [without_place(problem) for problem in invalid.problems]
    return []


def _given(code: str, kind: ItemKind, data: QueryDict) -> dict[str, Any]:
    several = [one for one in data.getlist(f"answer-{code}") if one != ""]
    given: dict[str, Any] = {}
    if NA in several:
        given["is_na"] = True
    elif kind is ItemKind.MULTI and several:
        given["value"] = several
    elif several:
        given["value"] = several[0]
    comment, causes = data.get(f"comment-{code}", "").strip(), data.getlist(f"causes-{code}")
    return (
        given | ({"comment": comment} if comment else {}) | ({"causes": causes} if causes else {})
    )


class OpenForm(forms.Form):
    """With which sheet a conversation is scored, and why despite a conflict."""

    sheet = forms.ModelChoiceField(
        label=gettext_lazy("Score sheet"), queryset=SheetVersion.objects.none(), empty_label=None
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, where it is your own team"), required=False, max_length=300
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        active = SheetVersion.objects.filter(state=SheetVersion.State.ACTIVE)
        self.fields["sheet"].queryset = active.select_related("sheet").order_by("title")  # type: ignore[attr-defined]
        self.fields["sheet"].label_from_instance = lambda one: one.title  # type: ignore[attr-defined]

    @property
    def is_possible(self) -> bool:
        """Whether any sheet is in force."""
        return bool(self.fields["sheet"].queryset.exists())  # type: ignore[attr-defined]


class ListFilters(forms.Form):
    """Which scores are listed."""

    STATES = (
        ("", gettext_lazy("All")),
        ("draft", gettext_lazy("My drafts")),
        ("scored", gettext_lazy("Waiting for release")),
        ("recheck", gettext_lazy("To be re-checked")),
        ("releasable", gettext_lazy("May be released")),
        ("veto", gettext_lazy("Veto to decide")),
        ("released", gettext_lazy("Released")),
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=STATES)
    matter = forms.ChoiceField(label=gettext_lazy("Matter"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Agent, inspector or conversation"), required=False, max_length=60
    )

    def __init__(self, data: Any, *, matters: Mapping[str, str]) -> None:
        super().__init__(data)
        if matters:
            shown = [("", gettext_lazy("All")), *matters.items()]
            self.fields["matter"].choices = shown  # type: ignore[attr-defined]
        else:
            del self.fields["matter"]
