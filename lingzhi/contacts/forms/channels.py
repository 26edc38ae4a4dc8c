"""What is sent about channels: what they offer, and how fast they answer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Channel
from lingzhi.core.clock import today
from lingzhi.core.fields import DayField


class ChannelForm(forms.ModelForm[Channel]):
    """A channel of the register; the code of one that exists stays, and so do the usual names."""

    class Meta:
        model = Channel
        fields = (
            "code", "name", "is_voice", "is_offered", "address", "is_round_the_clock", "calendar",
            "owner", "requirement",
        )  # fmt: skip
        widgets = {
            "owner": forms.Select(attrs={"data-combobox": True}),
            "requirement": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "code": _("Short, of letters and digits; files and interfaces name the channel by it."),
            "is_offered": _("Otherwise it can no longer be chosen; what came on it stays."),
            "address": _("Customers read it in the portal; empty: not shown there."),
            "owner": _("Answers for the channel."),
            "requirement": _("Manner, content and completion, as the quality rules ask for."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]
        if self.instance.pk:
            del self.fields["code"], self.fields["is_voice"]
            if self.instance.is_usual:
                del self.fields["name"]


class NormForm(forms.Form):
    """Within how many seconds so many of a hundred customers get a first answer."""

    seconds = forms.IntegerField(
        label=_("First answer within, seconds"), min_value=1, max_value=2_592_000
    )
    percent = forms.FloatField(label=_("For so many of a hundred"), min_value=1, max_value=100)
    from_on = DayField(label=_("From"), initial=today)
    reason = forms.CharField(label=_("Reason"), max_length=300)
