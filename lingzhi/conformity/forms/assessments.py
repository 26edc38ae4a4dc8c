"""Beginning and writing an assessment."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.conformity.models import Assessment
from lingzhi.core.fields import DayField, Grouped

LONG = forms.Textarea(attrs={"rows": 5})


class KindForm(forms.Form):
    """Which processing is to be assessed."""

    kind = forms.ChoiceField(label=_("Processing"), choices=Assessment.Kind.choices)


class AssessmentForm(Grouped, forms.ModelForm[Assessment]):
    """A draft: nothing but the title must be there before it is submitted."""

    GROUPS = (
        (_("1. Purpose, way and need"), ("title", "purpose")),
        (_("2. Effect on people and risk"), ("impact", "risk")),
        (_("3. Measures and whether they fit"), ("measures", "effect")),
        (_("Conclusion"), ("conclusion", "review_on")),
    )
    review_on = DayField(label=_("To be reviewed on"), required=False)

    class Meta:
        model = Assessment
        fields = (
            "title", "purpose", "impact", "risk", "measures", "effect", "conclusion", "review_on",
        )  # fmt: skip
        widgets: dict[str, Any] = dict.fromkeys(("purpose", "impact", "measures", "effect"), LONG)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("purpose", "impact", "measures"):
            self.fields[name].required = False

    def _post_clean(self) -> None:
        """The service writes: nothing to check here."""
