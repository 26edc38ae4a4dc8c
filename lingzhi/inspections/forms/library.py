"""The form of a typical case, and the filters of the library."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.inspections.models import TypicalCase
from lingzhi.inspections.services.library import CaseDraft
from lingzhi.inspections.wording.dimensions import DIMENSIONS

MOST_TURN = 100_000


def turns_of(text: str) -> list[int]:
    """`3-5, 9` → [3, 4, 5, 9]; what is no number is passed over."""
    found: list[int] = []
    for first, last in re.findall(r"(\d{1,6})(?:\s*[-–~～]\s*(\d{1,6}))?", text):
        end = min(int(last or first), int(first) + 200, MOST_TURN)
        found += range(int(first), end + 1)
    return list(dict.fromkeys(found))


class CaseForm(forms.Form):
    """What makes a conversation typical."""

    title = forms.CharField(label=_("Title"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind of case"), choices=TypicalCase.Kind, widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Why it is typical"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    turns = forms.CharField(
        label=_("Turns to show"), max_length=200,
        help_text=_("Their numbers, such as 3-7, 12. Names and numbers of people are masked."),
    )  # fmt: skip
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    item = forms.CharField(label=_("Item of the score sheet"), max_length=200, required=False)
    tags = forms.CharField(
        label=_("Tags"), max_length=300, required=False, help_text=_("Separated by commas.")
    )

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["dimension"].choices = [("", "–"), *DIMENSIONS.items()]  # type: ignore[attr-defined]

    def draft(self) -> CaseDraft:
        """What was written, once it is valid."""
        values = self.cleaned_data
        tags = [one for one in re.split(r"[,，、;；\s]+", values["tags"]) if one]
        return CaseDraft(
            title=values["title"], kind=TypicalCase.Kind(values["kind"]), why=values["why"],
            turns=turns_of(values["turns"]), dimension=values["dimension"], item=values["item"],
            tags=tags,
        )  # fmt: skip


class LibraryFilters(forms.Form):
    """Which cases are listed."""

    kind = forms.ChoiceField(
        label=_("Kind of case"), required=False, choices=[("", _("All")), *TypicalCase.Kind.choices]
    )
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *TypicalCase.State.choices]
    )
    text = forms.CharField(label=_("Words or tags"), required=False, max_length=60)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["dimension"].choices = [("", _("All")), *DIMENSIONS.items()]  # type: ignore[attr-defined]
