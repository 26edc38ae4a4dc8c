"""Which figures of a published month, and why another version."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.kpis.queries import READ
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to


class PublishedFilters(forms.Form):
    """One unit of a published month; the widest within reach unless another is chosen."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit"), required=False, empty_label=None
    )

    def __init__(self, data: Any, *, user: User) -> None:
        rows = units_visible_to(user, READ)
        first = min(rows, key=lambda one: (one.depth, one.pk), default=None)
        given = data.copy()
        given.setdefault("unit", first.pk if first else "")
        super().__init__(given)
        self.fields["unit"].queryset = rows  # type: ignore[attr-defined]
        self.is_valid()
        self.chosen: Unit | None = self.cleaned_data.get("unit") or first


class PublishForm(forms.Form):
    """Why the figures are published again."""

    reason = forms.CharField(label=_("Why the figures changed"), max_length=300, required=False)
