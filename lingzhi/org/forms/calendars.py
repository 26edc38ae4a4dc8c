"""Forms about business calendars."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from lingzhi.org.models import Calendar
from lingzhi.org.models.calendars import working_times

EXAMPLE = "09:00-12:00, 13:30-18:00"


class CalendarForm(forms.ModelForm[Calendar]):
    class Meta:
        model = Calendar
        fields = ["name", "country", "zone"]


class WeekForm(forms.Form):
    """Working times of the seven weekdays, as `day_0` (Monday) to `day_6`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, name in WEEKDAYS.items():
            self.fields[f"day_{weekday}"] = forms.CharField(
                label=name,
                required=False,
                max_length=120,
                validators=[working_times],
                widget=forms.TextInput(attrs={"placeholder": EXAMPLE if weekday < 5 else ""}),
            )

    def slots(self) -> dict[int, str]:
        return {weekday: self.cleaned_data[f"day_{weekday}"] for weekday in WEEKDAYS}


class DayForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("This day is"),
        choices=[("week", _("as its weekday")), ("work", _("worked")), ("off", _("free"))],
        widget=forms.RadioSelect,
    )
    slots = forms.CharField(
        label=_("Working times"),
        required=False,
        max_length=120,
        validators=[working_times],
        help_text=_("Empty: those of an ordinary working day."),
    )
    name = forms.CharField(label=_("Name of the day"), required=False, max_length=60)


class YearForm(forms.Form):
    year = forms.IntegerField(min_value=2000, max_value=2100)


class DaysFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("CSV: day, work or off, times, name. One day a line.")
    )
