"""What is sent about surveys among units."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.fields import DayField, Grouped
from lingzhi.org.queries import open_units
from lingzhi.surveys.models import InternalSurvey, Questionnaire


class InternalForm(Grouped, forms.ModelForm[InternalSurvey]):
    """A survey among units while it is a draft."""

    GROUPS = (
        (_("What for"), ("title", "purpose", "questionnaire")),
        (_("Who judges whom"), ("raters", "rated", "is_mutual", "post")),
        (_("When, and what is shown"), ("due_on", "minimum")),
    )

    raters = forms.ModelMultipleChoiceField(
        open_units().none(), label=_("Units that judge"),
        help_text=_("Everybody in the unit and below it is asked."),
    )  # fmt: skip
    rated = forms.ModelMultipleChoiceField(open_units().none(), label=_("Units that are judged"))
    is_mutual = forms.BooleanField(label=_("and the other way round, too"), required=False)
    due_on = DayField(label=_("To be answered until"))

    class Meta:
        model = InternalSurvey
        fields = ("title", "purpose", "questionnaire", "post", "minimum", "due_on")
        help_texts = {
            "minimum": _("Of fewer people nothing is shown, so that nobody is recognised."),
            "post": _("None chosen: everybody in the unit."),
        }

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name in ("raters", "rated"):
            self.fields[name].queryset = open_units()  # type: ignore[attr-defined]
        internal = Questionnaire.objects.filter(occasion=Questionnaire.Occasion.INTERNAL)
        self.fields["questionnaire"].queryset = internal  # type: ignore[attr-defined]
        if self.instance.pk:
            chosen = self.instance.pairs.filter(is_back=False)
            pairs = list(chosen.values_list("rater", "rated"))
            self.initial["is_mutual"] = self.instance.pairs.filter(is_back=True).exists()
            self.initial["raters"] = {rater for rater, _rated in pairs}
            self.initial["rated"] = {rated for _rater, rated in pairs}
