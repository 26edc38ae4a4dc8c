"""Forms around conversations."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Channel, Contact, Source
from lingzhi.contacts.queries import Filters
from lingzhi.org.models import Unit
from lingzhi.org.queries import reach


class ContactFilters(forms.Form):
    """What a list of contacts is narrowed to."""

    text = forms.CharField(label=_("Words or number"), required=False, max_length=100)
    channel = forms.ChoiceField(label=_("Channel"), required=False)
    direction = forms.ChoiceField(
        label=_("Direction"), required=False, choices=[("", _("All")), *Contact.Direction.choices]
    )
    unit = forms.TypedChoiceField(label=_("Team"), required=False, coerce=int, empty_value=None)
    agent = forms.CharField(label=_("Staff number"), required=False, max_length=32)
    source = forms.ChoiceField(label=_("Source"), required=False)
    from_on = forms.DateField(label=_("From"), required=False)
    to_on = forms.DateField(label=_("To"), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        every = ("", _("All"))
        choices = {
            "channel": Channel.objects.values_list("code", "name"),
            "source": Source.objects.values_list("code", "name"),
            "unit": _units(user),
        }
        for name, several in choices.items():
            self.fields[name].choices = [every, *several]  # type: ignore[attr-defined]

    def narrowing(self) -> Filters:
        """The filters that are valid; a wrong one narrows nothing and is shown beside its field."""
        self.is_valid()
        return Filters(**{name: value for name, value in self.cleaned_data.items() if value})


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
    file = forms.FileField(label=_("Sound file"))
    roles = forms.ChoiceField(label=_("Channels"), choices=LAYOUTS, required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith((".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a")):
            raise forms.ValidationError(_("This is not a sound file that can be played."))
        return file


class MatchForm(forms.Form):
    """Who an unknown agent is."""

    source = forms.ModelChoiceField(Source.objects.all(), to_field_name="code", label=_("Source"))
    reference = forms.CharField(label=_("As delivered"), max_length=80)
    staff_no = forms.CharField(label=_("Staff number"), max_length=32)

    def clean_staff_no(self) -> User:
        person = User.objects.filter(staff_no=self.cleaned_data["staff_no"].strip()).first()
        if person is None:
            raise forms.ValidationError(_("Nobody has this staff number."))
        return person
