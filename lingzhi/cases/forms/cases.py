"""What is sent about cases."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.forms.dictionaries import dictionary_field
from lingzhi.cases.forms.fields import (
    SHOWS_FIELDS,
    TRUTHS,
    WithOwn,
    as_typed,
    choices_of,
    chosen_type,
    of_opening,
)
from lingzhi.cases.models import Case, CaseEvent, CaseField, CaseType, DictionaryKind
from lingzhi.cases.models.types import CaseClass, Level, Priority
from lingzhi.cases.queries.cases import CaseFilters
from lingzhi.cases.queries.fields import OWN, Value, fields_named, fields_of
from lingzhi.cases.queries.flows import types_to_open
from lingzhi.cases.queries.people import units_of
from lingzhi.cases.queries.recognition import Proposal, recognises
from lingzhi.cases.services.opening import Opening
from lingzhi.cases.services.own import MISSING, OwnRefused
from lingzhi.cases.services.recognising import NotRecognised
from lingzhi.cases.services.telling import SAID, Told
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries.channels import channels_offered
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.core.fields import Grouped
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units, people_in, team_of

TAKEN_OVER = (
    "type", "title", "unit", "description", "demand", "case_class", "priority", "level",
    "fault_code", "area",
)  # fmt: skip


def type_choices() -> list[tuple[str, str]]:
    """Types in use, as choices in the reader's language."""
    return [(str(one.pk), str(one)) for one in CaseType.objects.filter(retired_at=None)]


# What the type in the bar of filters does: the bar comes again with what narrows that type.
SHOWS_FILTERS = {
    "hx-get": "", "hx-vals": '{"bar": "1"}', "hx-trigger": "change", "hx-target": "#filters",
    "hx-swap": "outerMorph",
}  # fmt: skip


class CaseFilterForm(forms.Form):
    """Which cases are listed; those of one type by its own lists and truths, too."""

    WHOSE = (
        ("", _("All")), ("mine", _("I handle")), ("owned", _("I was asked first")),
        ("team", _("Of my team")), ("nobody", _("Taken on by nobody")),
    )  # fmt: skip
    KINDS = (("", _("Not closed")), *Case.Kind.choices, ("all", _("All")))
    DUE = (("", _("Any")), ("late", _("Late")), ("soon", _("Due within 4 hours")))
    whose = forms.ChoiceField(label=_("Whose"), required=False, choices=WHOSE)
    kind = forms.ChoiceField(label=_("State"), required=False, choices=KINDS)
    type = forms.ChoiceField(
        label=_("Case type"), required=False, widget=forms.Select(attrs=SHOWS_FILTERS)
    )
    case_class = forms.ChoiceField(
        label=_("Case class"), required=False, choices=[("", _("Any")), *CaseClass.choices]
    )
    due = forms.ChoiceField(label=_("Due"), required=False, choices=DUE)
    RECORDS = (("", _("Any")), ("lacking", _("Something is lacking")))
    records = forms.ChoiceField(label=_("Service record"), required=False, choices=RECORDS)
    text = forms.CharField(label=_("Number or subject"), required=False, max_length=60)
    from_on = forms.DateField(
        label=_("Registered from"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    to_on = forms.DateField(
        label=_("Registered until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["type"].choices = [("", _("Any")), *type_choices()]  # type: ignore[attr-defined]
        kind = chosen_type(CaseType.objects.filter(retired_at=None), self.data.get("type"))
        for one in fields_of(kind) if kind else ():
            if one.is_narrowing:
                choices = choices_of(one) if one.is_list else TRUTHS[1:]
                self.fields[OWN + one.code] = forms.ChoiceField(
                    label=str(one), required=False, choices=[("", _("Any")), *choices]
                )

    @property
    def wanted(self) -> CaseFilters:
        """What was sent, once it was looked at; what cannot be is left out."""
        data = dict(self.cleaned_data)
        said = {name: data.pop(name) for name in list(data) if name.startswith(OWN)}
        own: dict[str, Value] = {
            name.removeprefix(OWN): {"yes": True, "no": False}.get(value, value)
            for name, value in said.items()
            if value
        }
        return CaseFilters(**data, own=own)

    def clean_type(self) -> int | None:
        chosen = self.cleaned_data["type"]
        return int(chosen) if chosen else None


class OpenCaseForm(WithOwn, Grouped, forms.Form):
    """A new case: what it is about, and either solved at once or what the customer was told.

    Own fields are those of its type; where that is still to be recognised, those that were sent.
    `given` is what was typed before the type was chosen.
    """

    GROUPS = (
        (_("The matter"),
         ("type", "title", "description", "demand", "fault_code", "area", "channel", "unit",
          "mine")),
        (_("What was told at once"), ("disposition", "method", "expected_at", "way")),
        (_("Only where it differs from its type"), ("case_class", "priority", "level")),
    )  # fmt: skip
    AT_ONCE = "at_once"
    DISPOSITIONS = (
        ("told", _("Open: the customer was told how and by when")), (AT_ONCE, _("Solved at once")),
    )  # fmt: skip
    type = forms.ModelChoiceField(
        CaseType.objects.none(), label=_("Case type"), widget=forms.Select(attrs=SHOWS_FIELDS)
    )
    title = forms.CharField(label=_("Subject"), max_length=120)
    description = forms.CharField(
        label=_("What happened"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Numbers that identify a person are masked; they belong to the customer."),
    )  # fmt: skip
    demand = forms.CharField(
        label=_("What the customer asks for"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    fault_code = dictionary_field(DictionaryKind.FAULT, _("Fault code"), 60)
    area = dictionary_field(DictionaryKind.AREA, _("Area of the matter"), 120)
    channel = forms.ModelChoiceField(channels_offered(), label=_("Channel"), required=False)
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    case_class = forms.ChoiceField(
        label=_("Case class"), required=False, choices=[("", _("As the type")), *CaseClass.choices]
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"), required=False, coerce=int, empty_value=None,
        choices=[("", _("As the type")), *Priority.choices],
    )  # fmt: skip
    level = forms.TypedChoiceField(
        label=_("Handling level"), required=False, coerce=int, empty_value=None,
        choices=[("", _("As the type")), *Level.choices],
    )  # fmt: skip
    mine = forms.BooleanField(label=_("I handle it myself"), required=False, initial=True)
    was_asked = forms.BooleanField(required=False, widget=forms.HiddenInput)
    disposition = forms.ChoiceField(
        label=_("How it stands"), choices=DISPOSITIONS, widget=forms.RadioSelect, initial="told"
    )
    method = forms.CharField(
        label=_("What the customer was told"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    expected_at = forms.DateTimeField(
        label=_("By when"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("How the customer will hear"), required=False, choices=CaseEvent.Way.choices
    )

    def __init__(
        self, user: User, contact: Contact | None, data: Any = None,
        given: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        team = team_of(user, today())
        usual = {"unit": team.pk if team else None}
        super().__init__(
            data, initial=usual if given is None else as_typed(self.base_fields, given)
        )
        self.user, self.contact = user, contact
        self.proposal: Proposal | None = None
        self.fields["type"].queryset = types_to_open()  # type: ignore[attr-defined]
        if recognises():
            self._leave_open("type", _("Recognised from the words"), is_new=given is None)
            self._leave_open("unit", _("As recognised, else my own"), is_new=given is None)
        units = open_units().filter(pk__in=units_of(user)) or open_units()
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if contact is not None:
            del self.fields["channel"]
        self._ask(given if data is None else data)

    def _leave_open(self, name: str, words: Any, *, is_new: bool) -> None:
        field = self.fields[name]
        field.required, field.empty_label = False, words  # type: ignore[attr-defined]
        if is_new:
            self.initial[name] = None

    def _ask(self, sent: Mapping[str, Any] | None) -> None:
        if sent is None:
            return
        kind = chosen_type(types_to_open(), sent.get("type"))
        if kind is not None:
            self._show_own(fields_of(kind))
        elif not self.fields["type"].required:
            codes = [name.removeprefix(OWN) for name in sent if name.startswith(OWN)]
            self._show_own(fields_named(codes).values(), is_certain=False)

    def _show_own(self, fields: Iterable[CaseField], *, is_certain: bool = True) -> None:
        rows = list(fields)
        self.ask_own(rows, required=of_opening(rows) if is_certain else ())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        at_once = data.get("disposition") == self.AT_ONCE
        for name in self.own_names if at_once else ():
            is_demanded = self.fields[name].own.required == CaseField.Required.SOLVED  # type: ignore[attr-defined]
            if is_demanded and data.get(name) is None and name not in self.errors:
                self.add_error(name, MISSING)
        return data

    def refuse(self, wrong: BadInput) -> None:
        """Say what was wrong, beside the fields that it takes to mend it."""
        if isinstance(wrong, NotRecognised):
            self.propose(wrong.proposal)
        if isinstance(wrong, OwnRefused):
            self._show_own(fields_of(wrong.type))
        self.add_error(wrong.field if wrong.field in self.fields else None, str(wrong.sentence))

    def propose(self, proposal: Proposal | None) -> None:
        """Fill in what the assistant takes it for; the person confirms or chooses."""
        self.proposal = proposal
        if proposal is None:
            return
        sent = {name: self.data.get(name, "") for name in self.fields if name in self.data}
        filled = {"type": str(proposal.type.pk), "was_asked": "on"}
        if proposal.unit and not sent.get("unit"):
            filled["unit"] = str(proposal.unit.pk)
        self.data = {**sent, **filled}
        self._show_own(fields_of(proposal.type))

    @property
    def opening(self) -> Opening:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        return Opening(
            **{name: data[name] for name in TAKEN_OVER}, contact=self.contact,
            channel=data.get("channel"), handler=self.user if data["mine"] else None,
            was_asked=data["was_asked"], own=self.own,
        )  # fmt: skip

    @property
    def told(self) -> Told:
        """What the customer was told."""
        data = self.cleaned_data
        return Told(data["method"], data["expected_at"], data["way"])

    @property
    def is_solved_at_once(self) -> bool:
        return bool(self.cleaned_data["disposition"] == self.AT_ONCE)


class TellForm(forms.Form):
    """What the customer was told about an open case."""

    method = forms.CharField(
        label=_("What the customer was told"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    expected_at = forms.DateTimeField(
        label=_("By when"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )  # fmt: skip
    way = forms.ChoiceField(
        label=_("How the customer will hear"), required=False, choices=CaseEvent.Way.choices
    )


class AnswerForm(forms.Form):
    """What the customer says to the result."""

    satisfaction = forms.ChoiceField(
        label=_("The customer says"),
        widget=forms.RadioSelect,
        choices=[(one, Case.Satisfaction(one).label) for one in SAID],
    )
    objection = forms.CharField(
        label=_("Objection in the customer's words"), max_length=500, required=False
    )


class AssignForm(forms.Form):
    """Who works on the case from now on."""

    person = forms.ModelChoiceField(User.objects.none(), label=_("Give to"))

    def __init__(self, unit: Unit, data: Any = None) -> None:
        super().__init__(data)
        self.fields["person"].queryset = people_in(unit, today())  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """To which unit the case is offered, and why."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("To unit"))
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(self, case: Case, data: Any = None) -> None:
        super().__init__(data)
        units = open_units().exclude(pk=case.unit_id)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A note on a case."""

    text = forms.CharField(
        label=_("Note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Name people by @ and their staff number: they hear of it."),
    )  # fmt: skip
    is_public = forms.BooleanField(label=_("The customer may read it"), required=False)
