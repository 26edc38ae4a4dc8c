"""What is sent about cited standards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.governance.models import Reference, ReferenceUse

LABELS = {
    "cited": (_("Regulation and clause"), _("Title as cited there")),
    "mapped": (_("Section of the standard"), _("Our clause or process")),
}


class ReferenceForm(forms.ModelForm[Reference]):
    """Number, title, validity."""

    class Meta:
        model = Reference
        fields = ("number", "title", "state", "replaced_by", "note")


class UseForm(forms.ModelForm[ReferenceUse]):
    """Where it is cited, or which process answers a section."""

    class Meta:
        model = ReferenceUse
        fields = ("where", "words")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        where, words = LABELS[self.instance.kind]
        self.fields["where"].label, self.fields["words"].label = where, words
        self.fields["words"].required = self.instance.kind == ReferenceUse.Kind.MAPPED


class ReferenceFilters(forms.Form):
    """Which standards."""

    text = forms.CharField(label=_("Words or number"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=_("Validity"), required=False,
        choices=[("", _("All")), *Reference.State.choices],
    )  # fmt: skip
