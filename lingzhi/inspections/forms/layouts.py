"""A layout of the monthly export, column by column, and the month that is taken out."""

from datetime import date
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.fields import MonthField
from lingzhi.inspections.access.layouts import EXPORT
from lingzhi.inspections.queries.layouts import FORMATS, SOURCES, item_sources
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to

STYLES = [
    ("", _("as usual")),
    (_("Days"), [(one, date(2026, 3, 5).strftime(one)) for one in FORMATS["day"]]),
    (_("Numbers"), [("0", "95"), ("1", "95.1"), ("2", "95.12")]),
    (_("Yes or no"), [(one, one) for one in FORMATS["sign"]]),
]


class LayoutForm(forms.Form):
    """Its title and whose scores it is for."""

    title = forms.CharField(label=_("Title"), max_length=120)
    unit = forms.ModelChoiceField(
        label=_("Scores of"), queryset=Unit.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_visible_to(user, EXPORT)  # type: ignore[attr-defined]


class HeadForm(forms.Form):
    """A table whose first row is the layout wanted."""

    file = forms.FileField(
        label=_("A table you hand out today"),
        help_text=_("Its row of headings becomes the layout; nothing else of it is kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )


class ColumnForm(forms.Form):
    """One column; a line without a heading is none."""

    heading = forms.CharField(label=_("Heading of the column"), max_length=120, required=False)
    source = forms.ChoiceField(label=_("What stands in it"), required=False)
    format = forms.ChoiceField(label=_("Way of writing"), required=False, choices=STYLES)

    def __init__(self, *args: Any, sources: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = sources  # type: ignore[attr-defined]
        looks = {"heading": "form-control", "source": "form-select", "format": "form-select"}
        for name, look in looks.items():
            label = {"aria-label": str(self.fields[name].label)}
            self.fields[name].widget.attrs |= {"class": look, **label}


def source_choices() -> list[Any]:
    """Nothing, the facts of a score, the items of the sheets in force."""
    facts = [(code, source.label) for code, source in SOURCES.items()]
    return [("", _("nothing")), (_("The score"), facts), (_("Items"), item_sources())]


class _Order(forms.NumberInput):
    def __init__(self) -> None:
        label = str(_("Order"))
        super().__init__({"class": "form-control lz-item-short", "aria-label": label, "min": 1})


class _LeaveOut(forms.CheckboxInput):
    def __init__(self) -> None:
        super().__init__({"class": "form-check-input", "aria-label": str(_("Leave out"))})


class _Lines(BaseFormSet[ColumnForm]):
    """The lines with their order and whether they are left out."""

    ordering_widget = _Order
    deletion_widget = _LeaveOut


Columns = formset_factory(
    ColumnForm, formset=_Lines, can_order=True, can_delete=True, extra=3, max_num=200
)


def column_forms(
    data: Any = None, columns: list[dict[str, str]] | None = None
) -> "BaseFormSet[ColumnForm]":
    """The lines of the page: those of a layout, and some to add."""
    return Columns(data, initial=columns or None, form_kwargs={"sources": source_choices()})


def sent_columns(lines: "BaseFormSet[ColumnForm]") -> list[dict[str, str]]:
    """What a valid page says, in the order it gives."""
    found = [line.cleaned_data for line in lines.ordered_forms if line.cleaned_data.get("heading")]
    return [{name: one.get(name, "") for name in ("heading", "source", "format")} for one in found]


class MonthForm(forms.Form):
    """Which month, with which layout, as which file."""

    month = MonthField(label=_("Month"))
    form = forms.ChoiceField(label=_("File"), choices=[("xlsx", "XLSX"), ("csv", "CSV")])
