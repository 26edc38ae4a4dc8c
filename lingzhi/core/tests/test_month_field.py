"""A month is read as the day it begins on; what cannot be is said beside its field."""

from datetime import date

import pytest
from django import forms

from lingzhi.core.fields import MonthField


def test_it_is_the_day_on_which_the_month_begins():
    assert MonthField().clean("2026-11") == date(2026, 11, 1)
    assert MonthField(required=False).clean("") is None


@pytest.mark.parametrize("text", ["0000-01", "9999-12", "2026-13", "2026", "November"])
def test_what_is_no_month_is_refused(text):
    with pytest.raises(forms.ValidationError):
        MonthField().clean(text)
