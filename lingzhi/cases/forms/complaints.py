"""What is sent when a complaint is registered, and how the list of complaints is narrowed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.cases.forms.fields import WithOwn, of_opening
from lingzhi.cases.models import Case, CaseEvent, CaseType, Cause, Complaint, Grade
from lingzhi.cases.queries.complaint_counts import DIMENSIONS
from lingzhi.cases.queries.fields import fields_of
from lingzhi.cases.services.complaints import TYPE, Registration
from lingzhi.cases.services.telling import Told
from lingzhi.cases.wording.replies import REPLY_LABELS
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries.channels import channels_offered
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units

TAKEN_OVER = (
    "title", "description", "demand", "claimed_cause", "grade", "source", "source_body",
    "source_number", "statutory_due_at", "accused", "accused_unit", "gravity", "gravity_note",
    "is_reported_up", "is_apologised",
)  # fmt: skip
LONG = {"rows": 4}
SHORT = {"rows": 2}


def moment(label: Any) -> forms.DateTimeField:
    """A moment that need not be given."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget)


class ComplaintForm(WithOwn, forms.Form):
    """A complaint as somebody hears it. Only subject and words are demanded, and what own fields of
    complaints demand."""

    title = forms.CharField(label=_("Subject"), max_length=120)
    description = forms.CharField(
        label=_("What the customer complains about"), max_length=10_000,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("In the customer’s words. Numbers that identify a person are masked."),
    )  # fmt: skip
    demand = forms.CharField(
        label=_("What the customer demands"), max_length=500, required=False,
        widget=forms.Textarea(attrs=SHORT),
    )  # fmt: skip
    claimed_cause = forms.CharField(
        label=_("Cause in the customer’s eyes"), max_length=500, required=False
    )
    name = forms.CharField(label=_("Customer’s name"), max_length=80, required=False)
    phone = forms.CharField(
        label=_("Customer’s phone"), max_length=40, required=False,
        help_text=_("Kept encrypted in the customer’s file. Leave it empty where nobody knows."),
    )  # fmt: skip
    channel = forms.ModelChoiceField(channels_offered(), label=_("Channel"), required=False)
    accused_unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Unit it is about"), required=False
    )
    accused = forms.CharField(
        label=_("Person it is about"), max_length=40, required=False,
        help_text=_("Staff number or name. That person will not see or handle it."),
    )  # fmt: skip
    grade = forms.ChoiceField(
        label=_("Severity grade"), choices=Grade.choices, initial=Grade.ORDINARY,
        widget=forms.RadioSelect,
    )  # fmt: skip
    gravity = forms.ChoiceField(
        label=_("How serious it seems to you"), choices=Complaint.Gravity.choices,
        initial=Complaint.Gravity.SLIGHT, widget=forms.RadioSelect,
    )  # fmt: skip
    gravity_note = forms.CharField(label=_("Why"), max_length=300, required=False)
    is_reported_up = forms.BooleanField(label=_("Reported upward at once"), required=False)
    is_apologised = forms.BooleanField(label=_("I apologised to the customer"), required=False)
    source = forms.ChoiceField(
        label=_("Where it comes from"), choices=Complaint.Source.choices,
        initial=Complaint.Source.INSIDE,
    )  # fmt: skip
    source_body = forms.CharField(label=_("Authority or medium"), max_length=120, required=False)
    source_number = forms.CharField(label=_("Their number"), max_length=60, required=False)
    statutory_due_at = moment(_("Answer due by their order"))
    method = forms.CharField(
        label=_("What the customer was told"), max_length=2000, required=False,
        widget=forms.Textarea(attrs=SHORT),
    )  # fmt: skip
    expected_at = moment(_("By when"))
    way = forms.ChoiceField(
        label=_("How the customer will hear"), required=False, choices=CaseEvent.Way.choices
    )

    MATTER = ("title", "description", "demand", "claimed_cause", "name", "phone", "channel")
    ABOUT = ("accused_unit", "accused", "grade", "gravity", "gravity_note", "is_reported_up",
             "is_apologised")  # fmt: skip
    OUTSIDE = ("source", "source_body", "source_number", "statutory_due_at")
    TOLD = ("method", "expected_at", "way")

    def __init__(self, contact: Contact | None, data: Any = None) -> None:
        super().__init__(data)
        self.contact = contact
        self.fields["accused_unit"].queryset = open_units()  # type: ignore[attr-defined]
        if contact is not None:
            for name in ("name", "phone", "channel"):
                del self.fields[name]
            self.initial["accused_unit"] = contact.unit_id
        kind = CaseType.objects.filter(code=TYPE).first()
        fields = fields_of(kind) if kind else []
        self.ask_own(fields, required=of_opening(fields))

    def clean_accused(self) -> User | None:
        said = self.cleaned_data["accused"].strip()
        if not said:
            return None
        people = User.objects.filter(Q(staff_no=said) | Q(name=said), is_active=True)[:2]
        if len(people) != 1:
            raise forms.ValidationError(_("Nobody, or more than one, is called this."))
        return people[0]

    def parts(self) -> dict[str, list[forms.BoundField]]:
        """The fields in the groups of the page."""
        groups = {"matter": (*self.MATTER, *self.own_names), "about": self.ABOUT,
                  "outside": self.OUTSIDE, "told": self.TOLD}  # fmt: skip
        return {
            part: [self[name] for name in names if name in self.fields]
            for part, names in groups.items()
        }

    @property
    def identifiers(self) -> dict[str, str]:
        """What names the customer, as far as it is known."""
        data = self.cleaned_data
        return {name: data[name] for name in ("name", "phone") if data.get(name)}

    @property
    def registration(self) -> Registration:
        """What was sent, once it is valid; the customer is found by who takes it in."""
        data = self.cleaned_data
        told = Told(data["method"], data["expected_at"], data["way"]) if data["method"] else None
        return Registration(
            **{name: data[name] for name in TAKEN_OVER}, contact=self.contact,
            channel=data.get("channel"), told=told, own=self.own,
        )  # fmt: skip


class ComplaintFilterForm(forms.Form):
    """Which complaints are listed."""

    STATES = (("", _("Not closed")), *Case.Kind.choices, ("all", _("All")))
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    grade = forms.ChoiceField(
        label=_("Severity grade"), required=False, choices=[("", _("Any")), *Grade.choices]
    )
    source = forms.ChoiceField(
        label=_("Where it comes from"), required=False,
        choices=[("", _("Any")), *Complaint.Source.choices],
    )  # fmt: skip
    cause = forms.TypedChoiceField(label=_("Cause"), required=False, coerce=int, empty_value=None)
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    due = forms.ChoiceField(
        label=_("Due"), required=False, choices=(("", _("Any")), ("late", _("Late")))
    )
    reply = forms.ChoiceField(
        label=_("Reply to the customer"), required=False,
        choices=[("", _("Any")), *REPLY_LABELS.items()],
    )  # fmt: skip
    text = forms.CharField(label=_("Number or subject"), required=False, max_length=60)

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        anything = [("", _("Any"))]
        causes = [(one.pk, str(one)) for one in Cause.objects.filter(retired_at=None)]
        units = [(one.pk, one.name) for one in open_units()]
        self.fields["cause"].choices = [*anything, *causes]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [*anything, *units]  # type: ignore[attr-defined]


class CountsForm(forms.Form):
    """By what complaints are counted, and of which days."""

    by = forms.ChoiceField(
        label=_("Counted by"), choices=[(code, one.title) for code, one in DIMENSIONS.items()]
    )
    first = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("To"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial=self.usual())

    @staticmethod
    def usual() -> dict[str, Any]:
        """The last ninety days by cause."""
        return {"by": "cause", "first": today() - timedelta(days=89), "last": today()}
