"""What is sent about cases."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.forms.dictionaries import dictionary_field
from lingzhi.cases.models import Case, CaseEvent, CaseType, DictionaryKind
from lingzhi.cases.models.types import CaseClass, Level, Priority
from lingzhi.cases.queries.flows import types_to_open
from lingzhi.cases.queries.people import units_of
from lingzhi.cases.queries.recognition import Proposal, recognises
from lingzhi.cases.services.opening import Opening
from lingzhi.cases.services.telling import SAID, Told
from lingzhi.contacts.models import Channel, Contact
from lingzhi.core.clock import today
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


class CaseFilterForm(forms.Form):
    """Which cases are listed."""

    WHOSE = (
        ("", _("All")), ("mine", _("I handle")), ("owned", _("I was asked first")),
        ("team", _("Of my team")), ("nobody", _("Taken on by nobody")),
    )  # fmt: skip
    KINDS = (("", _("Not closed")), *Case.Kind.choices, ("all", _("All")))
    DUE = (("", _("Any")), ("late", _("Late")), ("soon", _("Due within 4 hours")))
    whose = forms.ChoiceField(label=_("Whose"), required=False, choices=WHOSE)
    kind = forms.ChoiceField(label=_("State"), required=False, choices=KINDS)
    type = forms.ChoiceField(label=_("Case type"), required=False)
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

    def clean_type(self) -> int | None:
        chosen = self.cleaned_data["type"]
        return int(chosen) if chosen else None


class OpenCaseForm(Grouped, forms.Form):
    """A new case: what it is about, and either solved at once or what the customer was told."""

    GROUPS = (
        (_("The matter"),
         ("type", "title", "description", "demand", "channel", "unit", "mine")),
        (_("What was told at once"), ("disposition", "method", "expected_at", "way")),
        (_("Only where it differs from its type"), ("case_class", "priority", "level")),
    )  # fmt: skip
    AT_ONCE = "at_once"
    DISPOSITIONS = (
        ("told", _("Open: the customer was told how and by when")), (AT_ONCE, _("Solved at once")),
    )  # fmt: skip
    type = forms.ModelChoiceField(CaseType.objects.none(), label=_("Case type"))
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
    channel = forms.ModelChoiceField(Channel.objects.all(), label=_("Channel"), required=False)
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

    def __init__(self, user: User, contact: Contact | None, data: Any = None) -> None:
        super().__init__(data)
        self.user, self.contact = user, contact
        self.proposal: Proposal | None = None
        team = team_of(user, today())
        self.initial["unit"] = team.pk if team else None
        self.fields["type"].queryset = types_to_open()  # type: ignore[attr-defined]
        if recognises():
            self._leave_open("type", _("Recognised from the words"))
            self._leave_open("unit", _("As recognised, else my own"))
        units = open_units().filter(pk__in=units_of(user)) or open_units()
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        if contact is not None:
            del self.fields["channel"]

    def _leave_open(self, name: str, words: Any) -> None:
        field = self.fields[name]
        field.required, field.empty_label = False, words  # type: ignore[attr-defined]
        self.initial[name] = None

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

    @property
    def opening(self) -> Opening:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        return Opening(
            **{name: data[name] for name in TAKEN_OVER}, contact=self.contact,
            channel=data.get("channel"), handler=self.user if data["mine"] else None,
            was_asked=data["was_asked"],
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
