"""Which of the scores that were brought in are listed."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.inspections.models import OldScore


class OldScoreFilters(forms.Form):
    """By person, conversation, days, the outcome of the appeal; or those whose agent is unknown."""

    text = forms.CharField(
        label=_("Agent, inspector or conversation"), required=False, max_length=60
    )
    from_on = forms.DateField(label=_("From"), required=False)
    to_on = forms.DateField(label=_("To"), required=False)
    appeal = forms.ChoiceField(
        label=_("Appeal"), required=False, choices=[("", _("All")), *OldScore.Appeal.choices[1:]]
    )
    unknown = forms.BooleanField(label=_("Only unknown agents"), required=False)
    batch = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def narrowed(self, rows: QuerySet[OldScore]) -> QuerySet[OldScore]:
        """The rows that fit; what is not valid narrows nothing."""
        self.is_valid()
        asked: dict[str, Any] = {name: one for name, one in self.cleaned_data.items() if one}
        exact = {"from_on": "scored_on__gte", "to_on": "scored_on__lte", "appeal": "appeal"}
        exact |= {"batch": "batch_id"}
        rows = rows.filter(**{look: asked[name] for name, look in exact.items() if name in asked})
        if "unknown" in asked:
            rows = rows.filter(agent=None)
        return rows.filter(_about(asked["text"].strip())) if "text" in asked else rows


def _about(text: str) -> Q:
    found = Q(conversation__icontains=text) | Q(agent_said=text) | Q(inspector_said=text)
    for person in ("agent", "inspector"):
        found |= Q(**{f"{person}__name__icontains": text}) | Q(**{f"{person}__staff_no": text})
    return found
