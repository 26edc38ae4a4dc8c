"""Form fields of the whole house: days, moments and keys that the program can reckon with."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import FIRST_DAY, LAST_DAY

IMPOSSIBLE = _("This date cannot be.")
LARGEST_KEY = 2**63 - 1


class Grouped(forms.BaseForm):
    """A long form in groups: `GROUPS` are titles with the names of fields, in the page's order."""

    GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = ()

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Titles with fields; a field that this form was made without is left out."""
        found = [
            (title, [name for name in names if name in self.fields]) for title, names in self.GROUPS
        ]
        return [(title, [self[name] for name in names]) for title, names in found if names]


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """At most so many files, none of which must be, each of at most so many megabytes."""

    def __init__(self, *, most: int, megabytes: int, **given: Any) -> None:
        super().__init__(required=False, widget=FilesInput, **given)
        self.most, self.megabytes = most, megabytes

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        found = [super(FilesField, self).clean(one, initial) for one in given]
        most_bytes = self.megabytes * 1024 * 1024
        if len(found) > self.most or any(one.size > most_bytes for one in found):
            words = _("At most %(most)s files of %(size)s MB each.")
            raise forms.ValidationError(words % {"most": self.most, "size": self.megabytes})
        return found


class DayField(forms.DateField):
    """A day from `first` to the end of 2100."""

    def __init__(self, *, first: date = FIRST_DAY, **given: Any) -> None:
        super().__init__(widget=forms.DateInput(), **given)
        self.validators += [
            MinValueValidator(first, IMPOSSIBLE),
            MaxValueValidator(LAST_DAY, IMPOSSIBLE),
        ]


class MonthField(forms.RegexField):
    """A month, as the day it begins on, within the same bounds."""

    def __init__(self, **given: Any) -> None:
        widget = forms.TextInput(attrs={"type": "month"})
        super().__init__(regex=r"^\d{4}-(0[1-9]|1[0-2])$", widget=widget, **given)

    def clean(self, value: Any) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        if not FIRST_DAY.year <= int(text[:4]) <= LAST_DAY.year:
            raise forms.ValidationError(IMPOSSIBLE, code="impossible")
        return first_of_month(text)


def first_of_month(text: str) -> date:
    """The day on which a month begins that is written as 2026-11."""
    year, month = text.split("-")
    return date(int(year), int(month), 1)


class MomentField(forms.DateTimeField):
    """A day and time of day within the same bounds, in the zone of the organisation."""

    def __init__(self, **given: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **given)

    def validate(self, value: datetime | None) -> None:
        super().validate(value)
        if value and not FIRST_DAY.year <= value.year <= LAST_DAY.year:
            raise forms.ValidationError(IMPOSSIBLE, code="impossible")


class KeyField(forms.IntegerField):
    """The key of a row, as large as a database can hold."""

    def __init__(self, **given: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_KEY, **given)
