"""Figures by hand: what is entered, and which are listed."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.fields import DayField
from lingzhi.kpis.dictionary import Entry, indicators
from lingzhi.kpis.forms.changes import UnitForm
from lingzhi.kpis.models import Definition, ManualValue
from lingzhi.kpis.presenting.values import way_words
from lingzhi.kpis.queries import definitions_of
from lingzhi.kpis.services import Entered

STATES = [
    ("", _("Waits for confirmation")), ("confirmed", _("Confirmed")), ("gone", _("Withdrawn")),
]  # fmt: skip


class ValueForm(UnitForm):
    """A figure of some days with its source."""

    asked = forms.ChoiceField(label=_("Figure"))
    from_on = DayField(label=_("From"))
    to_on = DayField(label=_("To"))
    numerator = forms.FloatField(label=_("Numerator"))
    denominator = forms.FloatField(label=_("Denominator"))
    evidence = forms.CharField(label=_("Evidence"), max_length=300)
    file = forms.FileField(label=_("File"), required=False)
    field_order = ["asked", "unit"]

    def __init__(self, user: User, entry: Entry, data: Any = None, files: Any = None) -> None:
        super().__init__(user, data, files)
        self.ways: dict[str, Definition | str] = {}
        known = definitions_of(entry.code)
        for variant in entry.by_hand:
            made = [one for one in known if one.variant == variant.code]
            self.ways[variant.code] = variant.code
            self.ways |= {
                f"{one.variant}-{one.pk}": one for one in made if one.params != variant.params
            }
        words = [
            (key, way_words(one) if isinstance(one, Definition) else entry.variants[one].words)
            for key, one in self.ways.items()
        ]
        self.fields["asked"].choices = words  # type: ignore[attr-defined]
        if len(words) == 1:
            del self.fields["asked"]

    def way(self) -> tuple[str, dict[str, Any]]:
        """The variant that is entered, with its parameters."""
        first = next(iter(self.ways))
        one = self.ways[self.cleaned_data.get("asked", first)]
        return (one.variant, one.params) if isinstance(one, Definition) else (one, {})

    def entered(self, file: Any = None) -> Entered:
        names = ("from_on", "to_on", "numerator", "denominator", "evidence")
        return Entered(**{name: self.cleaned_data[name] for name in names}, file=file)


class ValueFilters(forms.Form):
    """Those that wait unless others are asked for."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    indicator = forms.ChoiceField(label=_("Indicator"), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        self.fields["indicator"].choices = [  # type: ignore[attr-defined]
            ("", _("All")), *((one.code, one.name) for one in indicators().values())
        ]  # fmt: skip
        self.is_valid()

    def narrow(self, rows: QuerySet[ManualValue]) -> QuerySet[ManualValue]:
        """The rows that fit."""
        state, code = (self.cleaned_data.get(name, "") for name in ("state", "indicator"))
        rows = rows.filter(replaced_at__isnull=state != "gone")
        if state != "gone":
            rows = rows.filter(confirmed_at__isnull=state == "")
        return rows.filter(definition__indicator__code=code) if code else rows
