"""What is sent about sheets and internal reviews."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units, people_in


class SheetForm(forms.Form):
    """What was settled with which unit."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Worked with"))
    what = forms.CharField(label=_("What was agreed"), max_length=300)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["unit"].queryset = open_units()  # type: ignore[attr-defined]


class ProcessReviewForm(forms.Form):
    """Which process is at fault, and who reviews it."""

    process = forms.CharField(label=_("Process at fault"), max_length=200)
    reviewer = forms.ModelChoiceField(User.objects.none(), label=_("Reviewer"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        whole = open_units().first()
        if whole is not None:
            self.fields["reviewer"].queryset = people_in(whole, today())  # type: ignore[attr-defined]


class FindingsForm(forms.Form):
    """What the review found."""

    findings = forms.CharField(
        label=_("What was found"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    measures = forms.CharField(
        label=_("What is changed"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
