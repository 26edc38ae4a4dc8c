"""Forms about units and supervision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.org.forms.fields import PersonField, UnitField
from lingzhi.org.models import SupervisionArea, SupervisionLines, Unit

KINDS_BELOW = [choice for choice in Unit.Kind.choices if choice[0] != Unit.Kind.COMPANY]


class UnitForm(forms.ModelForm[Unit]):
    owner = PersonField(label=_("Head"), required=False)
    quality_representative = PersonField(
        label=_("Quality representative"),
        required=False,
        help_text=_("Receives the findings about the department and answers for putting it right."),
    )

    class Meta:
        model = Unit
        fields = [
            "name",
            "kind",
            "line",
            "owner",
            "quality_representative",
            "time_slot",
            "business",
            "calendar",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.parent_id is None:
            del self.fields["kind"]
        else:
            self.fields["kind"].choices = KINDS_BELOW  # type: ignore[attr-defined]
        self.fields["calendar"].empty_label = _("As the unit above")  # type: ignore[attr-defined]


class NewUnitForm(UnitForm):
    parent = UnitField(label=_("Below"))
    code = forms.CharField(
        label=_("Code"), max_length=32, required=False, help_text=_("Empty: one is made up.")
    )
    field_order = ["parent", "name", "code", "kind"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        if code and Unit.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Another unit has this code."))
        return code


class AreaForm(forms.ModelForm[SupervisionArea]):
    unit = UnitField()
    owner = PersonField(label=_("Owner"))

    class Meta:
        model = SupervisionArea
        fields = ["unit", "name", "covers", "owner"]


class LinesForm(forms.ModelForm[SupervisionLines]):
    class Meta:
        model = SupervisionLines
        fields = ["is_separated", "is_vertical", "is_direct"]
        help_texts = {
            "is_separated": _(
                "Only people of a supervising unit inspect and close findings, never about their "
                "own unit."
            ),
            "is_vertical": _("Appraisal comes from the next head above, level by level."),
            "is_direct": _("People of supervising units answer to the head of the company."),
        }
