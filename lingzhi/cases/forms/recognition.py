"""What is sent about rules of recognition and the assistant."""

from collections.abc import Collection
from operator import itemgetter
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import RecognitionRule, RecognitionSettings
from lingzhi.cases.models.types import CaseClass, Priority
from lingzhi.cases.queries.flows import types_to_open
from lingzhi.cases.queries.hits import rule_hits
from lingzhi.cases.services.recognition import BY_NOTHING
from lingzhi.customers.queries.segments import segments_in_use
from lingzhi.org.queries import open_units

RULE = (
    "title", "order", "words", "hits", "channel", "segment", "type", "case_class", "priority",
    "unit", "finds_person",
)  # fmt: skip


class RecognitionForm(forms.ModelForm[RecognitionRule]):
    """By what a matter is recognised, and what it then is."""

    hits = forms.MultipleChoiceField(
        label=_("Rules that hit in the conversation"), required=False,
        widget=forms.SelectMultiple(attrs={"data-combobox": True}),
        help_text=_(
            "One of them is enough, in the conversation the case is registered from, as far as it"
            " was inspected by then."
        ),
    )  # fmt: skip

    class Meta:
        model = RecognitionRule
        fields = RULE
        widgets = {"words": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "order": _("Small numbers are tried first; the first rule that fits wins."),
            "words": _("One of them is enough; simplified and traditional count as the same."),
            "unit": _("Empty: the unit of whoever registers the case."),
        }

    def __init__(self, old: RecognitionRule | None, data: Any = None) -> None:
        given = {one: getattr(old, one) for one in RULE} if old else {}
        super().__init__(data, initial=given)
        for name, rows in (
            ("type", types_to_open()), ("segment", segments_in_use()), ("unit", open_units()),
        ):  # fmt: skip
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["hits"].choices = rule_choices(given.get("hits", ()))  # type: ignore[attr-defined]
        for name in ("channel", "segment"):
            self.fields[name].empty_label = _("Any")  # type: ignore[attr-defined]
        for name, choices in (("case_class", CaseClass.choices), ("priority", Priority.choices)):
            as_it_is = [("", _("As the type")), *choices]
            self.fields[name].choices = as_it_is  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(data.get(name) for name in ("words", "hits", "channel", "segment")):
            self.add_error("words", BY_NOTHING)
        return data


def rule_choices(chosen: Collection[str]) -> list[tuple[str, str]]:
    """Inspection rules in force by their titles, and what was chosen while it was in force."""
    known = rule_hits()
    offered = {*known.in_force(), *chosen}
    titles = known.titles()
    return sorted(((code, titles.get(code, code)) for code in offered), key=itemgetter(1))


class AssistantForm(forms.ModelForm[RecognitionSettings]):
    """What the assistant may do."""

    class Meta:
        model = RecognitionSettings
        fields = ("acts_from", "least")

    def clean_acts_from(self) -> int | None:
        value: int | None = self.cleaned_data["acts_from"]
        if value is not None and not 50 <= value <= 100:
            raise forms.ValidationError(_("Between 50 and 100, or empty."))
        return value
