"""The parameters of a way of counting, as its measure names them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import today
from lingzhi.core.controls import Param
from lingzhi.core.fields import DayField
from lingzhi.core.units import UNITS
from lingzhi.kpis.dictionary import Variant


class DefinitionForm(forms.Form):
    """One field a parameter, and from which day and why."""

    from_on = DayField(label=_("In use from"), initial=today)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, variant: Variant, known: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data)
        self.params = variant.asks
        fields = {f"param_{one.name}": _field(one, known.get(one.name)) for one in self.params}
        self.fields = {**fields, **self.fields}

    def values(self) -> dict[str, Any]:
        """The parameters as the measure takes them; empty ones are left out."""
        found = {one.name: self.cleaned_data[f"param_{one.name}"] for one in self.params}
        return {name: value for name, value in found.items() if value not in (None, "", [])}


class WordsField(forms.CharField):
    """Several words, one a line or parted by commas."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        text = (super().to_python(value) or "").replace("，", ",").replace("\n", ",")
        return [word.strip() for word in text.split(",") if word.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "，".join(value) if isinstance(value, list) else value


def _field(param: Param, known: Any) -> forms.Field:
    label = param.label
    unit = UNITS.get(param.unit)
    common: dict[str, Any] = {
        "label": label,
        "required": param.is_required,
        "initial": known,
        "help_text": str(unit % {"value": "", "count": 2}).strip() if unit else "",
    }
    if param.form in ("number", "percent", "integer"):
        kind: Any = forms.IntegerField if param.form == "integer" else forms.FloatField
        found: forms.Field = kind(**common, min_value=param.low, max_value=param.high)
        return found
    choices: Iterable[Any] = param.choices() if param.choices else ()
    if param.form == "words" and param.choices:
        return forms.MultipleChoiceField(**common, choices=list(choices))
    if param.form == "words":
        return WordsField(**common)
    if param.choices:
        return forms.ChoiceField(**common, choices=list(choices))
    return forms.CharField(**common, max_length=60)
