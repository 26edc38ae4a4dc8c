"""Forms around conversations."""

from datetime import datetime
from pathlib import PurePath
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.channels import channel_choices
from lingzhi.contacts.models import Contact, Source
from lingzhi.contacts.queries import Filters, visible_to
from lingzhi.contacts.queries.channels import channels_offered
from lingzhi.contacts.readers import unnamed
from lingzhi.contacts.services import source_named
from lingzhi.contacts.sound import SUFFIXES, NotSound, is_sound
from lingzhi.core.clock import now
from lingzhi.core.fields import DayField, KeyField, MomentField
from lingzhi.core.intake import Problem
from lingzhi.org.access import is_within
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach


class ContactFilters(forms.Form):
    """What a list of contacts is narrowed to."""

    text = forms.CharField(
        label=_("Words, number, phone or account"), required=False, max_length=100
    )
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    direction = forms.ChoiceField(
        label=_("Direction"), required=False, choices=[("", _("All")), *Contact.Direction.choices]
    )
    answered = forms.ChoiceField(
        label=_("Answered?"),
        required=False,
        choices=[("", _("All")), ("yes", _("With words")), ("no", _("Not answered"))],
    )
    unit = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)
    agent = forms.CharField(label=_("Staff number"), required=False, max_length=32)
    source = forms.ChoiceField(label=_("Source"), required=False)
    from_on = DayField(label=_("From"), required=False)
    to_on = DayField(label=_("To"), required=False)
    batch = KeyField(label=_("Import"), required=False, widget=forms.HiddenInput)
    customer = KeyField(label=_("Customer"), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        every = ("", _("All"))
        choices = {
            "channel": channel_choices(),
            "source": Source.objects.values_list("code", "name"),
            "unit": _units(user),
        }
        for name, several in choices.items():
            self.fields[name].choices = [every, *several]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Contact]) -> QuerySet[Contact]:
        """The rows that fit; a wrong filter narrows nothing and is shown beside its field."""
        self.is_valid()
        filters = Filters(**{name: value for name, value in self.cleaned_data.items() if value})
        return filters.apply(rows, identified=visible_to(self.user, "customers.read"))


def _units(user: User) -> list[tuple[int, str]]:
    where = reach(user, "contacts.read")
    units = [unit for unit in Unit.objects.filter(closed_at=None) if where.covers(unit, None)]
    return [(unit.pk, unit.name) for unit in units]


class RevealForm(forms.Form):
    reason = forms.CharField(label=_("Why do you need to see it?"), max_length=300)


class RecordingForm(forms.Form):
    """A recording to keep with a contact."""

    LAYOUTS = (
        ("", _("Unknown")),
        ("mixed", _("One channel for both")),
        ("agent,customer", _("Left agent, right customer")),
        ("customer,agent", _("Left customer, right agent")),
    )
    file = forms.FileField(label=_("Sound file"), required=False)
    reference = forms.CharField(
        label=_("Or where it lies"),
        max_length=300,
        required=False,
        help_text=_("What the phone system calls it; personal data in it is masked."),
    )
    roles = forms.ChoiceField(label=_("Sound channels"), choices=LAYOUTS, required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and not (PurePath(file.name).suffix.lower() in SUFFIXES and is_sound(file)):
            raise forms.ValidationError(NotSound.message)
        return file

    def clean_reference(self) -> str:
        return unnamed(self.cleaned_data["reference"].strip(), 300)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and bool(found.get("file")) == bool(found.get("reference")):
            raise forms.ValidationError(_("Give either the file or the place where it lies."))
        return found


class MatchForm(forms.Form):
    """Who an unknown agent is."""

    source = forms.ModelChoiceField(Source.objects.all(), to_field_name="code", label=_("Source"))
    reference = forms.CharField(label=_("As delivered"), max_length=80)
    staff_no = forms.CharField(label=_("Staff number"), max_length=32)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user

    def clean_staff_no(self) -> User:
        person = User.objects.filter(staff_no=self.cleaned_data["staff_no"].strip()).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this staff number."))
        if not is_within(self.user, person, "contacts.match"):
            raise forms.ValidationError(_("This person works where you may not match agents."))
        return person


class FeedForm(forms.Form):
    """A source that is to tell of conversations while they go on."""

    code = forms.SlugField(
        label=_("Source"),
        max_length=40,
        help_text=_("A short name of letters and digits; it stands in the address."),
    )

    def source(self) -> Source:
        """The source of this code, made on first use."""
        return source_named(self.cleaned_data["code"])


class RegisterForm(forms.Form):
    """A contact, an idea or a lapse, as any employee may register it."""

    KINDS = (
        ("contact", _("A customer contact")),
        ("idea", _("An idea for quality")),
        ("lapse", _("A lapse in quality")),
    )
    kind = forms.ChoiceField(label=_("What do you register?"), choices=KINDS)
    words = forms.CharField(
        label=_("What was said or noticed"),
        max_length=20_000,
        help_text=_("Plain words, or lines such as “客服：…” and “客户：…”."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.filter(closed_at=None), label=_("Department concerned"), required=False
    )
    channel = forms.ModelChoiceField(
        channels_offered(), label=_("Channel"), to_field_name="code", required=False
    )
    direction = forms.ChoiceField(
        label=_("Direction"), choices=Contact.Direction.choices, required=False
    )
    started_at = MomentField(
        label=_("When the customer came or wrote"), required=False, help_text=_("Empty: now.")
    )
    customer_name = forms.CharField(label=_("Customer's name"), max_length=80, required=False)
    customer_phone = forms.CharField(label=_("Customer's phone"), max_length=40, required=False)
    outcome = forms.CharField(label=_("Outcome"), max_length=60, required=False)

    def clean_started_at(self) -> datetime:
        """The moment given; one that does not come yet is no contact."""
        found: datetime = self.cleaned_data["started_at"] or now()
        if found > now():
            raise forms.ValidationError(_("This lies in the future."))
        return found

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("kind") == "contact" and not found.get("channel"):
            self.add_error("channel", _("Say how the customer reached you."))
        if found.get("kind") in {"idea", "lapse"} and not found.get("unit"):
            self.add_error("unit", _("Say which department it concerns."))
        return found

    def refuse(self, problems: list[Problem]) -> None:
        """Show what is wrong with the contact, each problem beside the field it came from."""
        for problem in problems:
            name = "words" if problem.field == "turns" else problem.field
            self.add_error(name if name in self.fields else None, problem.sentence)

    def record(self) -> dict[str, Any]:
        """The fields of a contact, as `register_contact` takes them."""
        names = ("direction", "customer_name", "customer_phone", "words", "outcome")
        values = {name: self.cleaned_data[name] for name in names}
        at = self.cleaned_data["started_at"].isoformat()
        return {**values, "channel": self.cleaned_data["channel"].code, "started_at": at}
