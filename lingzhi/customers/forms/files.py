"""Forms of the customer's file."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.fields import KeyField
from lingzhi.customers.forms.fields import ChannelField, CompanyField, StaffField
from lingzhi.customers.models import Company, Customer, Identifier, Segment
from lingzhi.customers.queries.files import complete, listed_for
from lingzhi.customers.queries.known import fitting
from lingzhi.customers.queries.segments import belonging, segments_in_use

Kind = Identifier.Kind


class CustomerFilters(forms.Form):
    """What the list of customers is narrowed to."""

    text = forms.CharField(
        label=_("Name, number, phone or its last four digits, company"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    segment = forms.ModelChoiceField(
        Segment.objects.none(), label=_("Class"), required=False, empty_label=_("All"),
        to_field_name="code",
    )  # fmt: skip
    completeness = forms.ChoiceField(
        label=_("Customer's file"),
        required=False,
        choices=[("", _("All")), ("complete", _("Complete")), ("incomplete", _("Incomplete"))],
    )
    whose = forms.ChoiceField(
        label=_("Looked after by"),
        required=False,
        choices=[("", _("Anybody")), ("me", _("Me")), ("nobody", _("Nobody"))],
    )
    company = KeyField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        self.fields["segment"].queryset = segments_in_use()  # type: ignore[attr-defined]

    def narrow(self) -> QuerySet[Customer]:
        """The files that fit, of those the person may go through."""
        self.is_valid()
        given = self.cleaned_data
        rows = listed_for(self.user, given.get("text", ""))
        if text := given.get("text", ""):
            rows = rows.filter(fitting(text))
        if segment := given.get("segment"):
            rows = rows.filter(belonging(segment))
        if company := given.get("company"):
            rows = rows.filter(company=company)
        if completeness := given.get("completeness"):
            rows = rows.filter(complete() if completeness == "complete" else ~complete())
        if whose := given.get("whose"):
            rows = rows.filter(manager=self.user if whose == "me" else None)
        return rows


class FileForm(forms.Form):
    """What a file says besides what identifies the customer."""

    company = CompanyField(label=_("Company"), required=False, max_length=120)
    post = forms.CharField(label=_("Post at the company"), required=False, max_length=60)
    preferred_channel = ChannelField(label=_("Preferred channel"), required=False)
    preferred_times = forms.CharField(
        label=_("When to reach"), required=False, max_length=80,
        help_text=_("For example: working days, 9 to 12."),
    )  # fmt: skip
    special_needs = forms.CharField(label=_("Special needs"), required=False, max_length=200)


class NewFileForm(FileForm):
    """A new file: also who the customer is."""

    name = forms.CharField(label=_("Name"), required=False, max_length=80)
    phone = forms.CharField(label=_("Phone"), required=False, max_length=40)
    email = forms.EmailField(label=_("E-mail"), required=False)
    account = forms.CharField(label=_("Account"), required=False, max_length=80)
    field_order = ("name", "phone", "email", "account", "company", "post")

    def identifiers(self) -> dict[str, str]:
        """The identifiers by kind."""
        return {
            kind: self.cleaned_data[kind]
            for kind in (Kind.NAME, Kind.PHONE, Kind.EMAIL, Kind.ACCOUNT)
        }

    def facts(self) -> dict[str, Any]:
        """What else the file says."""
        return {name: self.cleaned_data[name] for name in FileForm.base_fields}


class IdentifierForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    value = forms.CharField(label=_("Value"), max_length=200)


class RevealForm(forms.Form):
    reason = forms.CharField(label=_("Why do you need to see it?"), max_length=300)


class ManagerForm(forms.Form):
    manager = StaffField(label=_("Relationship manager"), required=False)


class CompanyForm(forms.ModelForm[Company]):
    class Meta:
        model = Company
        fields = ("name", "number", "address", "business")
