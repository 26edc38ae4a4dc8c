"""What is sent about channels for complaints."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.cases.models import ComplaintChannel


class ChannelForm(forms.ModelForm[ComplaintChannel]):
    """One way to complain."""

    class Meta:
        model = ComplaintChannel
        fields = ("name", "how", "hours", "for_whom", "order")
        labels = {"hours": _("Hours of this channel")}
