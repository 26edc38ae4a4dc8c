"""Fields that offer what a master dictionary lists, and what is sent to keep it."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import DictionaryEntry, DictionaryKind
from lingzhi.cases.queries.dictionaries import refusing
from lingzhi.cases.services.dictionaries import EntryGiven


class DictionaryInput(forms.TextInput):
    """Text beside which entries appear as one types; without script it is plain text."""

    template_name = "cases/dictionaries/_input.html"

    def __init__(self, kind: DictionaryKind) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.kind = kind

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["attrs"]
        listed = f"known-{shown.get('id', name)}"
        shown |= {
            "list": listed, "hx-get": reverse_lazy("cases:suggest", args=[self.kind, name]),
            "hx-trigger": "focus once, input changed delay:200ms", "hx-target": f"#{listed}",
            "hx-swap": "innerHTML", "hx-sync": "this:replace",
        }  # fmt: skip
        return context | {"listed": listed}


def dictionary_field(
    kind: DictionaryKind, label: Any, most: int, *, is_required: bool = False
) -> forms.CharField:
    """A code or a name of a dictionary; whether another word is taken, a setting says."""
    return forms.CharField(
        label=label, max_length=most, required=is_required, widget=DictionaryInput(kind)
    )


class EntryFilterForm(forms.Form):
    """Which entries are listed."""

    kind = forms.ChoiceField(
        label=_("Master dictionary"), required=False,
        choices=[("", _("All")), *DictionaryKind.choices],
    )  # fmt: skip
    text = forms.CharField(label=_("Code, name or sound"), required=False, max_length=60)
    retired = forms.BooleanField(label=_("Retired ones too"), required=False)


class EntryForm(forms.Form):
    """A line of a dictionary; which one and its code stay once they were given."""

    kind = forms.ChoiceField(label=_("Master dictionary"), choices=DictionaryKind.choices)
    code = forms.CharField(label=_("Code"), max_length=60)
    name = forms.CharField(label=_("Entry name"), max_length=120)
    parent = forms.CharField(
        label=_("Belongs to"), max_length=60, required=False,
        help_text=_("The code of the product, of the wider area or of the group of faults."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, entry: DictionaryEntry | None, data: Any = None, **more: Any) -> None:
        names = ("kind", "code", "name", "parent", "note")
        initial = {name: getattr(entry, name) for name in names} if entry else more
        super().__init__(data, initial=initial)
        self.entry = entry
        if entry:
            del self.fields["kind"], self.fields["code"]

    @property
    def given(self) -> EntryGiven:
        """What was sent, once it is valid."""
        fixed = {"kind": self.entry.kind, "code": self.entry.code} if self.entry else {}
        return EntryGiven(**{**self.cleaned_data, **fixed})


class StrictnessForm(forms.Form):
    """Which dictionaries refuse what they do not know."""

    kinds = forms.MultipleChoiceField(
        label=_("Refuse what is not in the dictionary"), required=False,
        choices=DictionaryKind.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("The others take any word, and mark it as not in the dictionary."),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"kinds": sorted(refusing())})
