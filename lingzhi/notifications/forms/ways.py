"""What is sent about the ways by which people are told."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.core.fields import Grouped
from lingzhi.notifications.models import Channel, Wishes
from lingzhi.notifications.queries import house_hours, open_channels

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]


def _clock(label: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, widget=widget)


class WaysForm(Grouped, forms.Form):
    """How a person wants to be told besides the inbox."""

    GROUPS = (
        (_("By which way"), ("by_mail", "channels")),
        (_("How often"), ("rhythm", "daily_at")),
        (_("Quiet hours"), ("quiet", "quiet_from", "quiet_until")),
    )

    by_mail = forms.BooleanField(label=_("By e-mail"), required=False)
    channels = forms.ModelMultipleChoiceField(
        queryset=Channel.objects.none(), label=_("In a group"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Everybody in the group sees your name and the title."),
    )  # fmt: skip
    rhythm = forms.ChoiceField(
        label=_("Rhythm"), choices=Wishes.Rhythm.choices,
        help_text=_("What is urgent always comes at once."),
    )  # fmt: skip
    daily_at = forms.TypedChoiceField(
        label=_("Once a day: at"), choices=HOURS, coerce=int, initial=9
    )
    quiet = forms.ChoiceField(label=_("Quiet hours"), choices=Wishes.Quiet.choices)
    quiet_from = _clock(_("From"))
    quiet_until = _clock(_("Until"))

    def __init__(self, *args: Any, person: User, **named: Any) -> None:
        super().__init__(*args, **named)
        channels = open_channels()
        self.fields["channels"].queryset = channels  # type: ignore[attr-defined]
        if not channels:
            del self.fields["channels"]
        mail = self.fields["by_mail"]
        mail.help_text = person.email
        if not settings.EMAIL_HOST:
            mail.disabled, mail.help_text = True, _("This installation has no mail server.")
        elif not person.email:
            mail.help_text = _("Enter your e-mail address under My settings first.")
        house = house_hours()
        said = _("The company's: %(hours)s. What is urgent comes all the same.")
        none = _("The company has set none.")
        self.fields["quiet_from"].help_text = _("Only for my own hours.")
        self.fields["quiet"].help_text = said % {"hours": house} if house else none


def of_wishes(wishes: Wishes | None) -> dict[str, Any]:
    """What stands in the form at first."""
    if wishes is None:
        return {}
    names = ("by_mail", "rhythm", "daily_at", "quiet", "quiet_from", "quiet_until")
    return {name: getattr(wishes, name) for name in names} | {"channels": wishes.channels.all()}


class ChannelForm(forms.Form):
    """A group of an office messenger, or an address of another system."""

    name = forms.CharField(
        label=_("Name of the channel"), max_length=60, help_text=_("People choose it by this name.")
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=Channel.Kind.choices)
    url = forms.URLField(
        label=_("Address"), max_length=500, assume_scheme="https",
        help_text=_("As the robot gives it, with its token. It is kept sealed, never shown again."),
    )  # fmt: skip
    secret = forms.CharField(
        label=_("Signing secret"), max_length=200, required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Where the robot of DingTalk or Feishu is set to check signatures."),
    )  # fmt: skip


class QuietHoursForm(forms.Form):
    """When the company leaves its people in peace."""

    begins_at = _clock(_("From"))
    ends_at = _clock(_("Until"))
