"""Filters of the list of rules, and the acts on one rule."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.inspections.forms.filters import EVERY
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.presenting.rules import ShownRule
from lingzhi.inspections.wording.dimensions import dimension_in_words


class ListFilters(forms.Form):
    """What the list of rules is narrowed to."""

    text = forms.CharField(label=_("Title or code"), required=False, max_length=80)
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    severity = forms.ChoiceField(
        label=_("Severity"), required=False, choices=[EVERY, *RuleVersion.Severity.choices]
    )
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[EVERY, *RuleVersion.Kind.choices]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[EVERY, *RuleVersion.State.choices]
    )

    def __init__(self, data: Any, *, rules: list[ShownRule]) -> None:
        super().__init__(data)
        codes = sorted({rule.main.version.dimension for rule in rules})
        choices = [EVERY, *((code, dimension_in_words(code)) for code in codes)]
        self.fields["dimension"].choices = choices  # type: ignore[attr-defined]
        self.is_valid()

    def fits(self, shown: ShownRule) -> bool:
        """Whether the rule is to be listed."""
        version = shown.main.version
        wanted = {name: self.cleaned_data.get(name) or "" for name in self.fields}
        return (
            wanted["text"].lower() in shown.words
            and wanted["dimension"] in ("", version.dimension)
            and wanted["severity"] in ("", version.severity)
            and wanted["kind"] in ("", version.kind)
            and any(wanted["state"] in ("", one.version.state) for one in shown.versions)
        )


class OwnerForm(forms.Form):
    """Who answers for a rule."""

    staff_no = forms.CharField(label=_("Staff number"), max_length=32)

    def clean_staff_no(self) -> User:
        number = self.cleaned_data["staff_no"].strip()
        person = User.objects.filter(staff_no=number, is_active=True).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this staff number."))
        return person
