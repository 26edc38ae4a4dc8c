"""Forms of what is noted about a customer, and of what comes of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.customers.forms.fields import ChannelField, DepartmentField
from lingzhi.customers.models import (
    Care,
    Consent,
    Delivery,
    FeeNotice,
    Membership,
    Need,
    Opinion,
    RiskWarning,
)
from lingzhi.customers.queries.segments import segments_in_use

_LINES = forms.Textarea(attrs={"rows": 3})


class DeliveryForm(forms.ModelForm[Delivery]):
    delivered_on = DayField(label=_("Delivered on"))
    ended_on = DayField(label=_("Ended on"), required=False)

    class Meta:
        model = Delivery
        fields = (
            "kind",
            "number",
            "name",
            "code",
            "quantity",
            "amount",
            "delivered_on",
            "ended_on",
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        begun, ended = found.get("delivered_on"), found.get("ended_on")
        if begun and ended and ended < begun:
            self.add_error("ended_on", _("It cannot end before it began."))
        return found


class CareForm(forms.ModelForm[Care]):
    next_on = DayField(label=_("Next on"), required=False)

    class Meta:
        model = Care
        fields = ("kind", "words", "next_on")
        widgets = {"words": _LINES}


class NeedForm(forms.ModelForm[Need]):
    class Meta:
        model = Need
        fields = ("source", "words")
        widgets = {"words": _LINES}


class OpinionForm(forms.ModelForm[Opinion]):
    unit = DepartmentField(label=_("Passed on to"))

    class Meta:
        model = Opinion
        fields = ("kind", "words", "unit")
        widgets = {"words": _LINES}


class WarningForm(forms.ModelForm[RiskWarning]):
    channel = ChannelField()

    class Meta:
        model = RiskWarning
        fields = ("risk", "words", "channel", "is_acknowledged")
        widgets = {"words": _LINES}


class FeeForm(forms.ModelForm[FeeNotice]):
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=14, decimal_places=2)

    class Meta:
        model = FeeNotice
        fields = ("matter", "amount", "method", "rights")


class ConsentForm(forms.ModelForm[Consent]):
    is_given = forms.TypedChoiceField(
        label=_("The customer"),
        choices=[("no", _("said no")), ("yes", _("agreed"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Consent
        fields = ("purpose", "is_given", "words")
        widgets = {"words": _LINES}


class MembershipForm(forms.ModelForm[Membership]):
    class Meta:
        model = Membership
        fields = ("segment",)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["segment"].queryset = segments_in_use()  # type: ignore[attr-defined]


class CompareForm(forms.Form):
    provided = forms.CharField(label=_("Service provided"), max_length=1000, widget=_LINES)
    verdict = forms.ChoiceField(
        label=_("Compared with what is expected"), choices=Need.Verdict.choices
    )


class InvoiceForm(forms.Form):
    invoice = forms.CharField(label=_("Invoice number"), max_length=60)


class EndForm(forms.Form):
    ended_on = DayField(label=_("Ended on"), initial=today)


class NothingMore(forms.Form):
    """An act that needs no further words."""
