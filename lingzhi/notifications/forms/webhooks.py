"""What is sent about other systems (webhooks)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.notifications.events import EVENTS


class WebhookForm(forms.Form):
    """Another system, and of what it is told."""

    name = forms.CharField(label=_("Name of the system"), max_length=60)
    url = forms.URLField(label=_("Address"), max_length=300, assume_scheme="https")
    events = forms.MultipleChoiceField(
        label=_("Told of"), choices=list(EVENTS.items()), widget=forms.CheckboxSelectMultiple
    )
