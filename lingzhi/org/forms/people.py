"""Forms about people."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lingzhi.accounts.models import User
from lingzhi.accounts.roles import ROLES, Scope
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.forms.fields import UnitField
from lingzhi.org.models import Identity, Post
from lingzhi.org.queries import assignments_on


def may_set_email(person: User, by: User) -> bool:
    """Links to new passwords go to this address: who may not reset a password may not move it."""
    return not person.has_usable_password() or by.can("accounts.secure")


STATES = (
    ("", pgettext_lazy("person", "Active")),
    ("no_access", _("Without a password")),
    ("inactive", _("Inactive")),
    ("all", _("All")),
)
ROLE_CHOICES = [(code, role.label) for code, role in ROLES.items()]
LONG_AGO = date(1950, 1, 1)  # somebody may have worked here for a life
PLAIN_ROLES = [(code, role.label) for code, role in ROLES.items() if role.scope is Scope.OWN]


class PeopleFilters(forms.Form):
    """The bar above the list of people; `narrow` applies it."""

    q = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"placeholder": _("Name or staff number")}),
    )
    unit = UnitField(required=False, empty_label=_("Every unit"))
    role = forms.ChoiceField(
        label=_("Role"), choices=[("", _("Every role")), *ROLE_CHOICES], required=False
    )
    state = forms.ChoiceField(label=_("State"), choices=STATES, required=False)

    def narrow(self, people: QuerySet[User]) -> QuerySet[User]:
        """`people` as far as they fit; what was entered wrongly filters nothing."""
        self.is_valid()
        given = self.cleaned_data
        people = _in_state(people, given.get("state", ""))
        if words := given.get("q", "").strip():
            people = people.filter(Q(name__icontains=words) | Q(staff_no__icontains=words))
        there = assignments_on(today()).filter(person=OuterRef("pk"))
        if unit := given.get("unit"):
            there = there.filter(unit__path__startswith=unit.path)
        if role := given.get("role"):
            there = there.filter(role=role)
        return people.filter(Exists(there)) if unit or role else people


def _in_state(people: QuerySet[User], state: str) -> QuerySet[User]:
    if state == "all":
        return people
    if state == "inactive":
        return people.filter(is_active=False)
    active = people.filter(is_active=True)
    if state == "no_access":
        return active.filter(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return active


class PersonForm(forms.ModelForm[User]):
    hired_on = DayField(label=_("Hired on"), required=False, first=LONG_AGO)

    class Meta:
        model = User
        fields = ["name", "email", "hired_on"]
        labels = {"name": _("Name")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_set_email(self.instance, by):
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("The person changes it in their own settings.")


class NewPersonForm(forms.Form):
    """A new person, at once with a first assignment: nobody floats outside the tree."""

    staff_no = forms.RegexField(
        label=_("Staff number"),
        regex=r"^[0-9A-Za-z._-]{1,32}$",
        error_messages={"invalid": _("Letters, digits, dot, dash, up to 32.")},
    )
    name = forms.CharField(label=_("Name"), max_length=60)
    role = forms.ChoiceField(label=_("Role"), choices=PLAIN_ROLES, initial="agent")
    unit = UnitField()
    from_on = DayField(label=_("Works there from"), initial=today)
    hired_on = DayField(label=_("Hired on"), required=False, first=LONG_AGO)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def clean_staff_no(self) -> str:
        staff_no: str = self.cleaned_data["staff_no"]
        if User.objects.filter(staff_no__iexact=staff_no).exists():
            raise forms.ValidationError(_("This staff number belongs to somebody else."))
        return staff_no


class AssignForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)
    unit = UnitField(help_text=_("The role reaches this unit and all below."))
    from_on = DayField(label=_("From"), initial=today)
    to_on = DayField(label=_("To"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("to_on") and given.get("from_on") and given["to_on"] < given["from_on"]:
            self.add_error("to_on", _("The end lies before the start."))
        return given


class MoveForm(forms.Form):
    unit = UnitField(label=_("New unit"))
    on = DayField(label=_("First day there"), initial=today)


class EndForm(forms.Form):
    """The last day on which something holds."""

    on = DayField(required=False)


class IdentityForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=Identity.Kind.choices)
    value = forms.CharField(label=_("Value"), max_length=64)
    from_on = DayField(label=_("From"), initial=today)


class SkillsForm(forms.Form):
    skills = forms.CharField(
        label=_("Skills"),
        required=False,
        max_length=500,
        help_text=_("Separated by commas. What is taken away ends with yesterday."),
    )


class HoldPostForm(forms.Form):
    post = forms.ModelChoiceField(label=_("Post"), queryset=Post.objects.filter(withdrawn_at=None))
    unit = UnitField()
    from_on = DayField(label=_("From"), initial=today)


class PeopleFileForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("XLSX or CSV, up to 20,000 people."))
    make_units = forms.BooleanField(
        label=_("Make teams that do not exist yet"), required=False, initial=True
    )
