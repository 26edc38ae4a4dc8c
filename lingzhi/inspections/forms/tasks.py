"""Which tasks are listed, to whom they are given, how many a day."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from lingzhi.accounts.models import User

MOST_A_DAY = 500


class TaskFilters(forms.Form):
    """Which tasks a lead sees."""

    STATES = (
        ("", gettext_lazy("All")),
        ("free", gettext_lazy("With nobody")),
        ("open", gettext_lazy("Open")),
        ("overdue", gettext_lazy("Overdue")),
        ("done", gettext_lazy("Done")),
        ("swapped", gettext_lazy("Swapped")),
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=STATES)
    inspector = forms.ModelChoiceField(
        label=gettext_lazy("Inspector"), required=False, queryset=User.objects.none(),
        empty_label=gettext_lazy("All"),
    )  # fmt: skip

    def __init__(self, data: Any, people: QuerySet[User]) -> None:
        super().__init__(data)
        self.fields["inspector"].queryset = people  # type: ignore[attr-defined]


class GiveForm(forms.Form):
    """To whom chosen tasks go; the reason is asked for where something speaks against it."""

    to = forms.ModelChoiceField(
        label=gettext_lazy("Give to"), queryset=User.objects.none(), empty_label=None
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, where something speaks against it"), required=False,
        max_length=300,
    )  # fmt: skip

    def __init__(self, data: Any, people: QuerySet[User]) -> None:
        super().__init__(data)
        self.fields["to"].queryset = people.filter(is_active=True)  # type: ignore[attr-defined]


class WorkloadForm(forms.Form):
    """Tasks a day at most; empty: any number."""

    tasks_a_day = forms.IntegerField(
        label=gettext_lazy("Tasks a day at most"), required=False, min_value=1,
        max_value=MOST_A_DAY,
    )  # fmt: skip
