"""What is sent about follow-up rules and scripts."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.forms.flows import DraftForm
from lingzhi.cases.models import FollowUpRule
from lingzhi.cases.models.follow_ups import OF_CLAUSES
from lingzhi.core.fields import Grouped
from lingzhi.core.languages import in_language


class RuleForm(Grouped, forms.ModelForm[FollowUpRule]):
    """One follow-up rule."""

    GROUPS = (
        (_("Follow-up rule"), ("name", "code", "trigger", "script")),
        (_("Audience"), ("type", "case_class", "level", "segment", "share_percent", "seed")),
        (_("When to call"),
         ("delay_amount", "delay_unit", "delay_base", "within_days", "every_months",
          "later_months")),
        (_("Who calls, and how often"), ("unit", "tries", "windows", "on_working_days")),
    )  # fmt: skip

    name = forms.CharField(label=_("Title"), max_length=80)

    class Meta:
        model = FollowUpRule
        fields = (
            "code", "trigger", "type", "case_class", "level", "segment", "delay_amount",
            "delay_unit", "delay_base", "within_days", "every_months", "later_months",
            "share_percent", "seed", "script", "windows", "on_working_days", "tries", "unit",
        )  # fmt: skip
        labels = {"delay_unit": _("Unit of time"), "delay_base": _("Time that counts")}
        help_texts = {
            "delay_amount": _("0: at once."),
            "every_months": _("Only for projects that are delivered."),
            "later_months": _("Only for projects that are delivered."),
            "seed": _("The same number draws the same customers again."),
        }

    field_order = ("name", *Meta.fields)

    def __init__(self, data: Any = None, *, instance: FollowUpRule | None = None) -> None:
        super().__init__(data, instance=instance)
        if instance is not None:
            self.initial["name"] = in_language(instance.title)
            self.fields["code"].disabled = True
            for name in OF_CLAUSES if instance.reference else ():
                self.fields[name.removesuffix("_id")].disabled = True

    def made(self) -> FollowUpRule:
        """The rule as it was sent; its title in the words of whoever wrote it."""
        rule, name = self.instance, self.cleaned_data["name"]
        if rule._state.adding:
            rule.title = {"zh-Hans": name}
        elif in_language(rule.title) != name:
            rule.title = {**rule.title, _language_of(rule.title): name}
        return rule


def _language_of(texts: Mapping[str, str]) -> str:
    """The language in which somebody was shown one of the texts, and writes it anew."""
    language = get_language() or ""
    if language == "zh-hant":
        return "zh-Hant"
    return "en" if language.startswith("en") and "en" in texts else "zh-Hans"


class ScriptForm(DraftForm):
    """A script written as YAML; `seen` is the number of the version that was opened."""

    note = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["content"].label = _("Script")
        self.fields["content"].help_text = _(
            "Questions of the kinds scale, choice and text, in their order; a jump leads past some."
        )
