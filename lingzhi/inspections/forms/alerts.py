"""Forms of alerts."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.inspections.models import Alert, AlertLimit
from lingzhi.inspections.queries.alerts import FLOOR
from lingzhi.inspections.queries.rules import judging_versions
from lingzhi.org.queries import reach

Kind = AlertLimit.Kind


class LimitForm(forms.ModelForm[AlertLimit]):
    """What a conversation may reach before it is yellow, and red."""

    rules = forms.MultipleChoiceField(
        label=_("Rules"), required=False, help_text=_("For findings: which rules count.")
    )

    class Meta:
        model = AlertLimit
        fields = ("unit", "kind", "yellow", "red", "words")
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "yellow": _("In seconds; of findings and words, how many. Empty: no yellow."),
            "red": _("In seconds; of findings and words, how many. Empty: no red."),
            "words": _("For words of the customer: one a line, such as “complain”."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = reach(user, FLOOR).units.filter(closed_at=None)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["unit"].empty_label = None  # type: ignore[attr-defined]
        self._versions = {str(one.rule_id): one for one in judging_versions()}
        choices = sorted((key, one.title) for key, one in self._versions.items())
        self.fields["rules"].choices = choices  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["rules"] = [str(one.pk) for one in self.instance.rules.all()]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == Kind.FINDING and not given.get("rules"):
            self.add_error("rules", _("Choose at least one rule."))
        if given.get("kind") == Kind.WORDS and not given.get("words", "").strip():
            self.add_error("words", _("Write at least one word."))
        others = AlertLimit.objects.filter(
            unit=given.get("unit"), kind=given.get("kind"), retired_at=None
        )
        if others.exclude(pk=self.instance.pk).exists():
            self.add_error("kind", _("The unit has limits for this already."))
        return given

    @property
    def chosen_rules(self) -> list[Any]:
        """The rules that count."""
        return [self._versions[key].rule for key in self.cleaned_data["rules"]]


class AlertFilters(forms.Form):
    """Which alerts of the list."""

    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("All")), ("now", _("Going on")), ("open", _("Nobody saw to it"))],
    )  # fmt: skip
    level = forms.ChoiceField(
        label=_("Alert level"), required=False, choices=[("", _("All")), *Alert.Level.choices]
    )

    def narrow(self, rows: QuerySet[Alert]) -> QuerySet[Alert]:
        """The rows that fit."""
        self.is_valid()
        given = self.cleaned_data
        states = {"now": {"ended_at": None}, "open": {"answered_at": None}}
        rows = rows.filter(**states.get(given.get("state", ""), {}))
        return rows.filter(level=given["level"]) if given.get("level") else rows
