"""Forms about what the house stands for, its activities, and who took part."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField, MomentField
from lingzhi.org.forms.fields import PersonField, UnitField
from lingzhi.org.models import Activity, Statement, Unit
from lingzhi.org.queries import open_units, units_visible_to
from lingzhi.org.queries.culture import statements_of
from lingzhi.org.services.participation import ATTENDED, Mark


class StatementForm(forms.ModelForm[Statement]):
    """A new statement or version of one, for a unit within reach of `user`.

    The quality policy is not among them: a second person has to approve it first (R-AU-03).
    """

    unit = UnitField(help_text=_("It holds for this unit and everything below it."))
    from_on = DayField(label=_("In force from"), initial=today)

    class Meta:
        model = Statement
        fields = ["unit", "kind", "text", "from_on", "change"]

    def __init__(self, *given: Any, user: User, **named: Any) -> None:
        super().__init__(*given, **named)
        fields: dict[str, Any] = self.fields
        fields["unit"].queryset = units_visible_to(user, "org.culture")
        policy = Statement.Kind.POLICY.value
        kinds = [one for one in fields["kind"].choices if one[0] != policy]
        fields["kind"].choices = kinds

    def _post_clean(self) -> None:
        """The service numbers the version and ends the one before: nothing to check here."""


class ActivityForm(forms.ModelForm[Activity]):
    """An activity of a unit within reach of `user`, or a change of one's own."""

    unit = UnitField(label=_("Holding unit"))
    open_to = forms.ModelMultipleChoiceField(
        label=_("Open to"),
        queryset=Unit.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("With every unit below."),
    )
    organiser = PersonField(
        label=_("Organiser"), help_text=_("Says afterwards who was there and who was not.")
    )
    begins_at = MomentField(label=_("Begins"))
    ends_at = MomentField(label=_("Ends"))

    class Meta:
        model = Activity
        fields = [
            "title", "kind", "unit", "open_to", "organiser", "statement", "place", "begins_at",
            "ends_at", "about",
        ]  # fmt: skip

    def __init__(self, *given: Any, user: User, **named: Any) -> None:
        super().__init__(*given, **named)
        units = units_visible_to(user, "org.culture")
        if self.instance.pk:
            kept = [self.instance.unit_id, *self.instance.open_to.values_list("pk", flat=True)]
            units = units | open_units().filter(pk__in=kept)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["open_to"].queryset = units  # type: ignore[attr-defined]
        statements = statements_of(user, today())
        self.fields["statement"].queryset = statements  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("For example a photo or a list of names.")
    )


class CameForm(forms.Form):
    person = PersonField(label=_("Who was there too"))


class ActivityFilters(forms.Form):
    """Which activities: those to come, to confirm, or over."""

    STATES = (
        ("", _("All")),
        ("coming", _("to come")),
        ("open", _("to confirm")),
        ("confirmed", _("confirmed")),
        ("cancelled", _("cancelled")),
    )
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All")), *Activity.Kind.choices], required=False
    )


class ShareFilters(forms.Form):
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)


def marks_in(activity: Activity, given: QueryDict) -> dict[User, Mark]:
    """What a sheet of names says: `state-<person>` and `reason-<person>`; empty ones are left out.

    `rest` marks those as present who are on the sheet and have no state yet.
    """
    found: dict[User, Mark] = {}
    for row in activity.participations.select_related("person"):
        name = f"state-{row.person_id}"
        state = given.get(name) or (ATTENDED if "rest" in given and name in given else "")
        if state:
            found[row.person] = Mark(state, given.get(f"reason-{row.person_id}", "")[:200])
    return found
