"""Forms around chats: sites, states, passing on, ending."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.contacts.models import Chat, ChatSite
from lingzhi.contacts.queries.chat_agents import colleagues_for
from lingzhi.org.queries import open_units

TEXTS = {"zh-Hans": _("in Simplified Chinese"), "zh-Hant": _("in Traditional Chinese"),
         "en": _("in English")}  # fmt: skip


class SiteForm(forms.ModelForm[ChatSite]):
    """How chats are offered on a site; its texts in each language of the visitors."""

    origins = forms.CharField(
        label=_("Embedded on"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": "https://shop.example"}),
        help_text=_("One origin a line; no other page may show the chat."),
    )  # fmt: skip

    class Meta:
        model = ChatSite
        fields = ("name", "unit", "calendar", "queue", "colour", "at_once", "is_automatic")
        widgets = {"colour": forms.TextInput(attrs={"type": "color"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = open_units()  # type: ignore[attr-defined]
        self.fields["queue"].required = False
        self.fields["at_once"].min_value = 1  # type: ignore[attr-defined]
        self.initial["origins"] = "\n".join(self.instance.origins)
        for name, label in (("greeting", _("Greeting")), ("away", _("When nobody is at work"))):
            for language, which in TEXTS.items():
                self.fields[f"{name}_{language}"] = forms.CharField(
                    label=_("%(text)s, %(language)s") % {"text": label, "language": which},
                    required=False, max_length=300,
                    initial=getattr(self.instance, name).get(language, ""),
                )  # fmt: skip

    def clean_at_once(self) -> int:
        found = int(self.cleaned_data["at_once"])
        if not 1 <= found <= 20:
            raise forms.ValidationError(_("From 1 to 20."))
        return found

    def site(self) -> ChatSite:
        """The site as the form says; not saved."""
        site: ChatSite = self.instance
        given = self.cleaned_data
        site.origins = given["origins"].split()
        for name in ("greeting", "away"):
            texts = {one: given[f"{name}_{one}"].strip() for one in TEXTS}
            setattr(site, name, {one: text for one, text in texts.items() if text})
        return site


class PassOnForm(forms.Form):
    """To a colleague who is ready, or back to the queue."""

    to = forms.ModelChoiceField(
        label=_("To whom"), queryset=User.objects.none(), required=False, empty_label=_("The queue")
    )

    def __init__(self, *args: Any, chat: Chat, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [one.pk for one in colleagues_for(chat) if one != by]
        self.fields["to"].queryset = User.objects.filter(pk__in=keys)  # type: ignore[attr-defined]


class InviteForm(PassOnForm):
    """A colleague who is to take part."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].required = True
        self.fields["to"].label = _("Colleague")
        self.fields["to"].empty_label = None  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """What became of it."""

    disposition = forms.CharField(label=_("How it ended"), required=False, max_length=60)
