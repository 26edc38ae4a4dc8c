"""The form of where a phone system takes commands."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models import PhoneCommand


class CommandAddressForm(forms.Form):
    """Address and offers; nothing is offered before it is ticked."""

    url = forms.CharField(
        label=_("Address that takes commands"), max_length=300,
        widget=forms.URLInput(attrs={"placeholder": "https://pbx.example/commands"}),
        help_text=_("The phone system, or a program beside it, takes commands there by POST."),
    )  # fmt: skip
    offers = forms.MultipleChoiceField(
        label=_("What the phone system offers"), choices=PhoneCommand.Kind.choices,
        required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what is ticked appears on the floor."),
    )  # fmt: skip
    renews = forms.BooleanField(label=_("Make a new secret; the old one ends"), required=False)
