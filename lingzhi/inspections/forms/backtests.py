"""What a back-test compares, and over which conversations."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.accounts.models import User
from lingzhi.inspections.forms.filters import RunFilters
from lingzhi.inspections.models import Rule, RuleVersion
from lingzhi.inspections.queries import drafts_and_in_force

State = RuleVersion.State
DEFAULT_PERIOD = "90"


class BackTestForm(RunFilters):
    """Two versions of one rule, or every draft with what is in force."""

    rule = forms.IntegerField(required=False, widget=forms.HiddenInput)
    before = forms.ChoiceField(label=gettext_lazy("Before"), required=False)
    after = forms.ChoiceField(label=gettext_lazy("After"))

    field_order = ("rule", "before", "after")

    def __init__(self, data: Any, *, user: User, about: Rule | None) -> None:
        self.about = about
        usual = _usual(self._versions) if about else {}
        super().__init__(data, user=user, period=DEFAULT_PERIOD, **usual)

    @cached_property
    def _versions(self) -> list[RuleVersion]:
        return list(self.about.versions.select_related("rule")) if self.about else []

    def fill_choices(self) -> None:
        super().fill_choices()
        if self.about is None:
            for name in ("rule", "before", "after"):
                del self.fields[name]
            return
        known = [(str(one.number), _label(one)) for one in self._versions]
        self.fields["before"].choices = [  # type: ignore[attr-defined]
            ("", _("Nothing: as if the rule did not exist")),
            *known,
        ]
        self.fields["after"].choices = known  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if self.about and values.get("after") and values.get("before") == values["after"]:
            self.add_error("before", _("Choose two different versions."))
        return values

    @property
    def pairs(self) -> list[tuple[RuleVersion | None, RuleVersion]]:
        """`(version before or None, version after)`, one a rule."""
        if self.about is None:
            return drafts_and_in_force()
        numbered = {str(one.number): one for one in self._versions}
        after = numbered.get(self.cleaned_data.get("after", ""))
        before = numbered.get(self.cleaned_data.get("before", ""))
        return [(before, after)] if after else []


def _label(version: RuleVersion) -> str:
    return f"v{version.number} · {version.get_state_display()}"


def _usual(versions: list[RuleVersion]) -> dict[str, str]:
    """The newest version that is not in force yet, else the newest, against the one in force."""
    in_force = [one for one in versions if one.state == State.ACTIVE]
    coming = [one for one in versions if one.state in (State.DRAFT, State.SHADOW)]
    return {"before": _number(in_force), "after": _number(coming or versions)}


def _number(versions: list[RuleVersion]) -> str:
    return str(versions[0].number) if versions else ""
