"""Forms about posts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import today
from lingzhi.core.fields import DayField
from lingzhi.org.models import Post, PostVersion

TEXTS = [
    "duties",
    "authority",
    "standards",
    "time_limits",
    "education",
    "knowledge",
    "communication",
    "literacy",
    "proof",
]


class PostForm(forms.ModelForm[Post]):
    class Meta:
        model = Post
        fields = ["name", "code", "aliases", "is_key"]
        help_texts = {
            "aliases": _("One a line."),
            "is_key": _("Asks for a certificate or for proved experience."),
        }


class PostVersionForm(forms.ModelForm[PostVersion]):
    effective_on = DayField(label=_("In force from"), initial=today)

    class Meta:
        model = PostVersion
        fields = [*TEXTS, "effective_on", "change"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in TEXTS}
