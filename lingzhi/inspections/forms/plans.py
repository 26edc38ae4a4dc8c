"""A plan of inspection as a form, and what lists of plans and tasks are narrowed to."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Channel, Contact
from lingzhi.core.fields import DayField
from lingzhi.inspections.access.rights import PLAN
from lingzhi.inspections.forms.filters import EVERY
from lingzhi.inspections.models import Plan, Sheet, SheetVersion
from lingzhi.inspections.queries.frames import STRATA
from lingzhi.inspections.queries.plans import inspectors_for
from lingzhi.inspections.queries.signs import MUSTS
from lingzhi.inspections.queries.signs import SIGNS as KNOWN
from lingzhi.inspections.wording import plans as words
from lingzhi.org.queries import units_visible_to

FILTERS = ("channel", "direction", "agent")
WEIGHT = "weight_"


class _Several(forms.MultipleChoiceField):
    """Check boxes whose choice is kept as a list."""

    def __init__(self, choices: words.Words, **more: Any) -> None:
        super().__init__(
            choices=list(choices.items()), required=False, widget=forms.CheckboxSelectMultiple,
            **more,
        )  # fmt: skip


class PlanForm(forms.ModelForm):
    """Every term of a plan; the seed is left to the program where it is left empty."""

    channel = forms.ChoiceField(label=_("Channel"), required=False)
    direction = forms.ChoiceField(
        label=_("Direction"), required=False, choices=[EVERY, *Contact.Direction.choices]
    )
    agent = forms.CharField(label=_("Staff number"), required=False, max_length=32)
    strata = _Several({code: words.STRATA[code] for code in STRATA}, label=_("Strata"))
    musts = _Several({code: words.SIGNS[code] for code in MUSTS}, label=_("Inspected in any case"))
    leaves_out = _Several(words.LEFT_OUT, label=_("Left out"))
    seed = forms.IntegerField(
        label=_("Seed"), required=False, min_value=1, max_value=2**31 - 1,
        help_text=_("Fixes the sample before anybody knows the conversations. Empty: by chance."),
    )  # fmt: skip
    from_on, to_on = DayField(label=_("From")), DayField(label=_("To"), required=False)
    covert_until = DayField(label=_("Covert until"), required=False)
    nonhit_ratio = forms.FloatField(
        label=_("Share without a hit, at least"), min_value=0, max_value=1, initial=0.1,
        widget=forms.NumberInput(attrs={"step": "any"}),
        help_text=_("Conversations in which no rule hit show what the rules miss."),
    )  # fmt: skip

    class Meta:
        model = Plan
        fields = (
            "title", "unit", "sheet", "content", "rhythm", "breadth", "openness", "covert_until",
            "place", "method", "size", "per_agent", "strata", "nonhit_ratio", "musts",
            "most_musts", "leaves_out", "shortest_seconds", "cadence", "from_on", "to_on",
            "inspectors", "hours", "days_to_do", "swaps_allowed", "seed",
        )  # fmt: skip

    def __init__(self, data: Any = None, *, user: User, **given: Any) -> None:
        plan = given.get("instance")
        if plan is not None:
            kept = {name: plan.filters.get(name, "") for name in FILTERS}
            weights = {WEIGHT + sign: value for sign, value in plan.weights.items()}
            given["initial"] = {**kept, **weights, **given.get("initial", {})}
        super().__init__(data, **given)
        fields: Mapping[str, Any] = self.fields
        for sign in KNOWN:
            self.fields[WEIGHT + sign] = forms.FloatField(
                label=str(words.SIGNS[sign]), required=False, min_value=0, max_value=100
            )
        fields["unit"].queryset = units_visible_to(user, PLAN)
        fields["sheet"].queryset = Sheet.objects.filter(versions__state="active").distinct()
        titles = dict(SheetVersion.objects.filter(state="active").values_list("sheet_id", "title"))
        fields["sheet"].label_from_instance = lambda one: titles.get(one.pk, one.code)
        fields["inspectors"].queryset = inspectors_for(user)
        fields["inspectors"].required = False
        channels = ((one.code, one.label) for one in Channel.objects.all())
        fields["channel"].choices = [EVERY, *channels]
        for name in ("unit", "sheet"):
            fields[name].empty_label = None

    def values(self) -> dict[str, Any]:
        """The fields of the plan, as its services take them."""
        found = dict(self.cleaned_data)
        narrowed = {name: found.pop(name) for name in FILTERS}
        weights = {sign: found.pop(WEIGHT + sign) for sign in KNOWN}
        found["filters"] = {name: value for name, value in narrowed.items() if value}
        found["weights"] = {sign: value for sign, value in weights.items() if value}
        found["inspectors"] = list(found["inspectors"])
        if not found["seed"]:
            del found["seed"]
        return found

    def weights(self) -> list[Any]:
        """The fields of the weights."""
        return [self[WEIGHT + sign] for sign in KNOWN]

    def _post_clean(self) -> None:
        """The services check and write; the form fills no row of its own."""


class PlanFilters(forms.Form):
    """What the list of plans is narrowed to."""

    text = forms.CharField(label=_("Title"), required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[EVERY, *Plan.State.choices]
    )


class TaskFilters(forms.Form):
    """What the tasks of a draw are narrowed to."""

    reason = forms.ChoiceField(label=_("Why it was taken"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, data: Any, *, reasons: list[Any], states: list[Any]) -> None:
        super().__init__(data)
        fields: Mapping[str, Any] = self.fields
        fields["reason"].choices, fields["state"].choices = [EVERY, *reasons], [EVERY, *states]
        self.is_valid()
