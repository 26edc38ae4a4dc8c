"""Fields that several forms share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.channels import channel_choices
from lingzhi.customers.models import Company
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units


class ChannelField(forms.ChoiceField):
    """One of the centre's channels."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("label", _("Channel"))
        super().__init__(choices=lambda: [("", "—"), *channel_choices()], **given)


class StaffField(forms.ModelChoiceField):
    """An active person, by name and staff number."""

    def __init__(self, **given: Any) -> None:
        people = User.objects.filter(is_active=True)
        widget = forms.Select(attrs={"data-combobox": True})
        super().__init__(queryset=people, widget=widget, **given)


class DepartmentField(forms.ModelChoiceField):
    """An open unit, indented as in the tree."""

    def __init__(self, **given: Any) -> None:
        widget = forms.Select(attrs={"data-combobox": True})
        super().__init__(queryset=open_units(), widget=widget, **given)

    def label_from_instance(self, obj: Unit) -> str:
        return f"{'　' * obj.depth}{obj.name}"


class CompanyField(forms.CharField):
    """A company by its whole name."""

    def clean(self, value: Any) -> Company | None:
        name = super().clean(value)
        if not name:
            return None
        found = Company.objects.filter(name=name).first()
        if found is None:
            raise forms.ValidationError(_("No company of this name is known. Add it first."))
        return found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            return Company.objects.filter(pk=value).values_list("name", flat=True).first()
        return value.name if isinstance(value, Company) else value
