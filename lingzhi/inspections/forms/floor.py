"""What people write down on the floor: behaviours, incidents, a day of a team."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import visible_to
from lingzhi.core.clock import today
from lingzhi.inspections.access.floor import people_to_record
from lingzhi.inspections.access.rights import WATCH
from lingzhi.inspections.models import Behaviour, Incident, SupervisionRecord
from lingzhi.inspections.queries.behaviours import behaviours
from lingzhi.inspections.services.supervision import Noted
from lingzhi.org.models import Unit
from lingzhi.org.queries import units_visible_to


class BehaviourForm(forms.ModelForm[Behaviour]):
    class Meta:
        model = Behaviour
        fields = ("code", "title", "group", "severity", "points")


class IncidentForm(forms.Form):
    """An incident with its evidence."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Incident.Kind.choices)
    person = forms.ModelChoiceField(
        label=_("About whom"), queryset=User.objects.none(),
        widget=forms.Select(attrs={"data-combobox": True}),
    )  # fmt: skip
    happened_on = forms.DateField(label=_("Happened on"), initial=today)
    story = forms.CharField(
        label=_("What happened"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    behaviour = forms.ModelChoiceField(
        label=_("Forbidden behaviour, where it was one"), queryset=Behaviour.objects.none(),
        required=False,
    )  # fmt: skip
    conversation = forms.CharField(
        label=_("Conversation"), required=False, max_length=120,
        help_text=_("Its number, where a conversation is the evidence."),
    )  # fmt: skip
    evidence = forms.CharField(
        label=_("Where other evidence is kept"), required=False, max_length=500,
        help_text=_("Such as a letter of thanks with its number, or the minutes of a talk."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["person"].queryset = people_to_record(user).order_by("staff_no")  # type: ignore[attr-defined]
        self.fields["behaviour"].queryset = behaviours()  # type: ignore[attr-defined]

    def clean_conversation(self) -> Contact | None:
        number = self.cleaned_data["conversation"].strip()
        if not number:
            return None
        found = visible_to(self.user).filter(external_id=number).first()
        if found is None:
            raise forms.ValidationError(_("No conversation of this number is within your reach."))
        return found


class FloorFilters(forms.Form):
    """By person, team or days; incidents by kind, too."""

    text = forms.CharField(label=_("Name or staff number"), required=False, max_length=60)
    from_on = forms.DateField(label=_("From"), required=False)
    to_on = forms.DateField(label=_("To"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, data: Any, *, kinds: Sequence[tuple[str, Any]], day: str, kind: str) -> None:
        super().__init__(data)
        self.fields["kind"].choices = [("", _("All")), *kinds]  # type: ignore[attr-defined]
        self.looks = {"from_on": f"{day}__gte", "to_on": f"{day}__lte", "kind": kind}

    def narrowed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        self.is_valid()
        asked = {name: one for name, one in self.cleaned_data.items() if one}
        exact = {look: asked[name] for name, look in self.looks.items() if name in asked}
        rows = rows.filter(**exact)
        text = str(asked.get("text", "")).strip()
        if text:
            fits = Q(person__name__icontains=text) | Q(person__staff_no=text)
            rows = rows.filter(fits | Q(unit__name__icontains=text))
        return rows


class DayForm(forms.Form):
    """Whose day it is."""

    unit = forms.ModelChoiceField(label=_("Team"), queryset=Unit.objects.none(), empty_label=None)
    day = forms.DateField(label=_("Day"))

    def __init__(self, data: Any = None, *, user: User) -> None:
        super().__init__(data, initial={"day": today()})
        self.fields["unit"].queryset = units_visible_to(user, WATCH)  # type: ignore[attr-defined]


class NotedForm(forms.Form):
    """One person's line; empty, they were not looked at."""

    person = forms.IntegerField(widget=forms.HiddenInput)
    result = forms.ChoiceField(
        label=_("Result"), required=False,
        choices=[("", _("Not looked at")), *SupervisionRecord.Result.choices],
    )  # fmt: skip
    behaviour = forms.ModelChoiceField(
        label=_("Forbidden behaviour"), queryset=Behaviour.objects.none(), required=False
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=500)

    def __init__(self, *args: Any, choices: Any, name: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        self.fields["behaviour"].queryset = choices  # type: ignore[attr-defined]
        looks = {"result": "form-select", "behaviour": "form-select", "note": "form-control"}
        for field, look in looks.items():
            label = {"aria-label": str(self.fields[field].label)}
            self.fields[field].widget.attrs |= {"class": look, **label}


Lines = formset_factory(NotedForm, extra=0, max_num=1000)


def day_lines(
    people: Sequence[User], day: date, by: User, data: Any = None
) -> "BaseFormSet[NotedForm]":
    """A line for each person, with what this supervisor noted already."""
    rows = SupervisionRecord.objects.filter(day=day, recorded_by=by, person__in=people)
    noted = {one.person_id: one for one in rows}
    initial = [_line(person, noted.get(person.pk)) for person in people]
    return Lines(data, initial=initial, form_kwargs={"choices": behaviours()})


def _line(person: User, found: SupervisionRecord | None) -> dict[str, Any]:
    if found is None:
        return {"person": person.pk}
    behaviour = found.behaviour_id
    return {
        "person": person.pk, "result": found.result, "behaviour": behaviour, "note": found.note,
    }  # fmt: skip


def sent_lines(lines: "BaseFormSet[NotedForm]", people: Sequence[User]) -> list[Noted]:
    """Who was looked at; lines about others than `people` count nothing."""
    known = {one.pk: one for one in people}
    return [
        Noted(known[one["person"]], one["result"], one["behaviour"], one["note"])
        for one in (line.cleaned_data for line in lines)
        if one.get("result") and one.get("person") in known
    ]
