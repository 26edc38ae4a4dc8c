"""Fields that several forms share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units


class UnitField(forms.ModelChoiceField):
    """An open unit, indented as in the tree."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("label", _("Unit"))
        widget = forms.Select(attrs={"data-combobox": True})
        super().__init__(queryset=open_units(), widget=widget, **given)

    def label_from_instance(self, obj: Unit) -> str:
        return f"{'　' * obj.depth}{obj.name}"


class PersonField(forms.ModelChoiceField):
    """An active person, by name and staff number."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("label", _("Person"))
        queryset = given.pop("queryset", User.objects.filter(is_active=True))
        widget = forms.Select(attrs={"data-combobox": True})
        super().__init__(queryset=queryset, widget=widget, **given)
