"""What is sent about meetings."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField, Grouped, MomentField
from lingzhi.core.languages import in_language
from lingzhi.governance.models import Action, Attendee, Decision, Meeting, Point, Series
from lingzhi.governance.queries.meetings import MEET, READ
from lingzhi.governance.queries.meetings_held import demand_of
from lingzhi.governance.queries.points import FOR_MEETINGS, SOURCES
from lingzhi.governance.services.minutes import Mark
from lingzhi.org.models import Post, Unit
from lingzhi.org.queries import units_visible_to
from lingzhi.rulebook.queries import controls_in_force


def people() -> Any:
    """Everybody who works here: meetings cross units."""
    return User.objects.filter(is_active=True).order_by("staff_no")


def _demands() -> Iterator[tuple[str, str]]:
    """The clauses in force that ask for meetings, each once."""
    found = {}
    for one in controls_in_force(today(), today(), kind="meeting"):
        pack, number, *_key = one.reference.split()
        found[demand_of(one.reference)] = f"{pack.upper()} {number} {in_language(one.title)}"
    yield from sorted(found.items())


class SeriesForm(Grouped, forms.ModelForm[Series]):
    """When who meets about what."""

    GROUPS = (
        (_("The meeting"), ("name", "kind", "unit", "demands")),
        (_("When it is held"), ("cadence", "first_on", "at", "minutes", "holiday", "place")),
        (_("Who is called"), ("chair", "minute_taker", "calls_leaders", "posts", "units", "people",
                    "call_days", "asks_reports")),
        (_("What is talked about"), ("standing", "sources")),
    )  # fmt: skip
    first_on = DayField(
        label=_("first meeting on"),
        help_text=_("The weekday, or the day of the month, of those that follow."),
    )
    sources = forms.MultipleChoiceField(
        label=_("points from the data"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(code, SOURCES[code][0]) for code in FOR_MEETINGS],
        help_text=_("Their figures are computed when the agenda is fixed, and kept."),
    )  # fmt: skip
    demands = forms.MultipleChoiceField(
        label=_("clauses it answers"), required=False, choices=_demands,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Series
        fields = (
            "name", "kind", "unit", "cadence", "first_on", "at", "minutes", "holiday", "place",
            "chair", "minute_taker", "calls_leaders", "asks_reports", "call_days", "standing",
            "posts", "units", "people",
        )  # fmt: skip
        widgets = {
            "at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "standing": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        units = units_visible_to(user, MEET)
        for name, rows in {
            "unit": units, "units": units, "chair": people(), "minute_taker": people(),
            "people": people(), "posts": Post.objects.filter(withdrawn_at=None),
        }.items():  # fmt: skip
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        self.fields["call_days"].max_value = 60  # type: ignore[attr-defined]
        if not list(_demands()):
            del self.fields["demands"]
        self.initial.setdefault("sources", self.instance.sources)
        self.initial.setdefault("demands", self.instance.demands)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.instance.sources = data.get("sources", [])
        self.instance.demands = data.get("demands", self.instance.demands)
        return data

    @property
    def members(self) -> dict[str, Any]:
        """Who is called besides those who run it."""
        return {name: self.cleaned_data[name] for name in ("posts", "units", "people")}


class MeetingFilters(forms.Form):
    """Which meetings are listed."""

    text = forms.CharField(label=_("Words"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    unit = forms.ModelChoiceField(label=_("Unit"), required=False, queryset=Unit.objects.none())
    demand = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user: User, **named: Any) -> None:
        super().__init__(*args, **named)
        everything = [("", _("All"))]
        self.fields["state"].choices = [*everything, *Meeting.State.choices]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [*everything, *Series.Kind.choices]  # type: ignore[attr-defined]
        units = units_visible_to(user, READ)
        if units.exists():
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]

    @property
    def narrowing(self) -> dict[str, Any]:
        """What was chosen, as a filter of meetings; a wrong choice narrows nothing."""
        self.is_valid()
        names = {"text": "series__name__icontains", "state": "state", "kind": "series__kind"}
        found = {there: self.cleaned_data.get(here) for here, there in names.items()}
        unit = self.cleaned_data.get("unit")
        path = {"series__unit__path__startswith": unit.path} if unit else {}
        found = {there: value for there, value in found.items() if value} | path
        demand = self.cleaned_data.get("demand")
        if demand:
            rows = Series.objects.all()
            found["series__in"] = [one.pk for one in rows if demand in one.demands]
        return found


class MeetingForm(forms.ModelForm[Meeting]):
    """Another time or place, or somebody else runs it."""

    begins_at = MomentField(label=_("begins at"))

    class Meta:
        model = Meeting
        fields = ("begins_at", "place", "chair", "minute_taker")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name in ("chair", "minute_taker"):
            self.fields[name].queryset = people()  # type: ignore[attr-defined]


class ProposalForm(forms.ModelForm[Point]):
    """A point that a member brings."""

    class Meta:
        model = Point
        fields = ("title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["title"].required = True
        self.instance.origin = Point.Origin.PROPOSED


class WordsForm(forms.Form):
    """One act with its words; the label says which."""

    words = forms.CharField(
        label=_("note"), max_length=500, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, label: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["words"].label = label


class PresenceForm(forms.Form):
    """Who was there: one choice and a reason for each who was called."""

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)
        self.attendees = list(meeting.attendees.select_related("person"))
        for one in self.attendees:
            self.fields[f"presence_{one.pk}"] = forms.ChoiceField(
                label=one.person.name, required=False, initial=one.presence,
                choices=Attendee.Presence.choices,
                widget=forms.Select(attrs={"class": "form-select"}),
            )  # fmt: skip
            self.fields[f"reason_{one.pk}"] = forms.CharField(
                label=_("%(name)s: reason of absence") % {"name": one.person.name},
                required=False, max_length=200, initial=one.reason,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )  # fmt: skip

    @property
    def rows(self) -> list[tuple[Attendee, Any, Any]]:
        """For the page: each with both fields."""
        return [
            (one, self[f"presence_{one.pk}"], self[f"reason_{one.pk}"]) for one in self.attendees
        ]

    @property
    def marks(self) -> dict[int, Mark]:
        said = self.cleaned_data
        return {
            one.pk: Mark(said[f"presence_{one.pk}"], said[f"reason_{one.pk}"])
            for one in self.attendees
        }


class MinutesForm(forms.Form):
    """What was said about each point, and who came as a guest."""

    guests = forms.CharField(
        label=_("Guests"), required=False, max_length=200,
        help_text=_("Who was there without being called, by name and house."),
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, titles: dict[int, Any], **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["guests"].initial = meeting.guests
        self.points = list(meeting.points.all())
        for number, one in enumerate(self.points, start=1):
            self.fields[f"point_{one.pk}"] = forms.CharField(
                label=f"{number}. {titles[one.pk]}", required=False, max_length=4000,
                initial=one.minutes, widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip

    @property
    def words(self) -> dict[int, str]:
        return {one.pk: self.cleaned_data[f"point_{one.pk}"] for one in self.points}


class DecisionForm(forms.ModelForm[Decision]):
    """What was decided."""

    class Meta:
        model = Decision
        fields = ("words",)
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}


class ActionForm(forms.ModelForm[Action]):
    """Who does what until when."""

    due_on = DayField(label=_("to be done by"))

    class Meta:
        model = Action
        fields = ("words", "owner", "due_on")

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["owner"].queryset = people()  # type: ignore[attr-defined]


class ActionFilters(forms.Form):
    """Which actions are listed."""

    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[("", _("Open")), ("late", _("Overdue")), ("done", _("Done")), ("all", _("All"))],
    )  # fmt: skip
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    @property
    def asked(self) -> dict[str, Any]:
        """What was chosen; a wrong choice narrows nothing."""
        self.is_valid()
        return dict(self.cleaned_data)
