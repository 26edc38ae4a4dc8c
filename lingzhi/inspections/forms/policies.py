"""The form of the settings of human inspection."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.accounts.roles import ROLES
from lingzhi.inspections.access.rights import APPEALS
from lingzhi.inspections.models import Policy

LEVELS = ("level_1", "level_2", "level_3")
GROUPS: list[tuple[Any, tuple[str, ...]]] = [
    (
        gettext_lazy("Before release"),
        ("recheck_ratio", "second_ratio", "gold_ratio", "releases_itself"),
    ),
    (
        gettext_lazy("After release"),
        ("silent_days", "close_day", "appeal_days", "appeal_rounds", "appeal_level_days", *LEVELS),
    ),
    (
        gettext_lazy("Fair at work"),
        (
            "purposes",
            "smallest_group",
            "keep_days",
            "shows_watchers",
            "needs_listening_reason",
        ),
    ),
]


class PercentField(forms.DecimalField):
    """A share (0-1) that people write in percent."""

    def __init__(self, **more: Any) -> None:
        super().__init__(min_value=0, max_value=100, decimal_places=1, **more)

    def prepare_value(self, value: Any) -> Any:
        return round(value * 100, 1) if isinstance(value, float) else value

    def clean(self, value: Any) -> Any:
        found = super().clean(value)
        return None if found is None else float(found) / 100


def deciders() -> list[tuple[str, Any]]:
    """The roles that may decide appeals."""
    return [(code, one.label) for code, one in ROLES.items() if APPEALS in one.capabilities]


class PolicyForm(forms.ModelForm[Policy]):
    """How a site judges people, in three groups. `cleaned_data` holds the columns of a Policy."""

    class Meta:
        model = Policy
        fields = [
            "recheck_ratio", "releases_itself", "second_ratio", "gold_ratio", "silent_days",
            "appeal_days", "appeal_level_days", "appeal_rounds", "close_day", "purposes",
            "smallest_group", "keep_days", "shows_watchers", "needs_listening_reason",
        ]  # fmt: skip
        field_classes = dict.fromkeys(("recheck_ratio", "second_ratio", "gold_ratio"), PercentField)

    def __init__(self, data: Any = None, *, instance: Policy) -> None:
        super().__init__(data, instance=instance)
        for name in ("recheck_ratio", "second_ratio", "gold_ratio"):
            self.fields[name].help_text = _("In percent.")
        for at, name in enumerate(LEVELS):
            self.fields[name] = forms.ChoiceField(
                label=_("Level %(n)d of an appeal") % {"n": at + 1}, required=not at,
                choices=[("", "–"), *deciders()],
                initial=dict(enumerate(instance.appeal_levels)).get(at, ""),
            )  # fmt: skip

    @property
    def groups(self) -> list[tuple[Any, list[Any]]]:
        """Title and fields."""
        return [(title, [self[name] for name in names]) for title, names in GROUPS]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        levels = [given.get(name) for name in LEVELS if given.get(name)]
        if len(set(levels)) < len(levels):
            raise ValidationError(_("No role decides twice about the same appeal."))
        return {
            **{name: one for name, one in given.items() if name not in LEVELS},
            "appeal_levels": levels,
        }
