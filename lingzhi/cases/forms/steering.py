"""What is sent about rules of steering."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import CaseType
from lingzhi.cases.models.types import CaseClass
from lingzhi.contacts.models import SteeringRule
from lingzhi.contacts.queries.channels import channels_offered
from lingzhi.core.fields import Grouped
from lingzhi.customers.queries.segments import segments_in_use

TEXTS = {
    "zh-Hans": _("in Simplified Chinese"),
    "zh-Hant": _("in Traditional Chinese"),
    "en": _("in English"),
}
ANY = ("", _("any"))


class SteeringForm(Grouped, forms.ModelForm[SteeringRule]):
    """To whom which way is recommended where, with the sentence in three languages."""

    GROUPS = (
        (_("Fits whom"), ("case_type", "case_class", "segment", "only_shut")),
        (_("Where it is recommended"), ("in_portal", "in_chat", "at_desk", "order")),
        (_("Which way, in which words"), ("channel", *(f"sentence_{one}" for one in TEXTS))),
    )

    class Meta:
        model = SteeringRule
        fields = (
            "case_type", "case_class", "segment", "only_shut", "in_portal", "in_chat", "at_desk",
            "order", "channel",
        )  # fmt: skip
        help_texts = {
            "order": _("Rules are tried from the lowest; the first that fits counts."),
            "segment": _("Known beside a case only: in portal and chat nobody is signed in."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = [(one.code, str(one)) for one in CaseType.objects.filter(retired_at=None)]
        for name, choices in (("case_type", types), ("case_class", CaseClass.choices)):
            label = self.fields[name].label
            self.fields[name] = forms.ChoiceField(
                label=label, choices=[ANY, *choices], required=False
            )
        self.fields["segment"].queryset = segments_in_use()  # type: ignore[attr-defined]
        self.fields["channel"].queryset = channels_offered()  # type: ignore[attr-defined]
        self.fields["channel"].empty_label = _("a call back")  # type: ignore[attr-defined]
        for language, which in TEXTS.items():
            self.fields[f"sentence_{language}"] = forms.CharField(
                label=_("%(text)s, %(language)s")
                % {"text": _("What the customer is told"), "language": which},
                required=language == "zh-Hans", max_length=300,
                initial=self.instance.sentence.get(language, ""),
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def rule(self) -> SteeringRule:
        """The rule as the form says; not saved."""
        found: SteeringRule = self.instance
        texts = {one: self.cleaned_data[f"sentence_{one}"].strip() for one in TEXTS}
        found.sentence = {one: text for one, text in texts.items() if text}
        return found


class ToldForm(forms.Form):
    """What the customer said to the way that was recommended."""

    taken = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda one: one == "yes"
    )
