"""A version of what people are told about their data."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.clock import today
from lingzhi.core.fields import DayField, Grouped
from lingzhi.org.models import PrivacyNotice

# Names of fields by language; what has no 繁體 is shown converted.
IN = {"zh-Hans": "zh_hans", "zh-Hant": "zh_hant", "en": "en"}


class NoticeForm(Grouped, forms.Form):
    """The next version; it begins with the words of the one before."""

    GROUPS = (
        (_("Where and from when"), ("channel", "from_on", "change")),
        ("简体中文", ("line_zh_hans", "text_zh_hans")),
        ("English", ("line_en", "text_en")),
        (
            _("Traditional Chinese, where it is not the converted text"),
            ("line_zh_hant", "text_zh_hant"),
        ),
    )
    channel = forms.ChoiceField(label=_("Told on"), choices=PrivacyNotice.Channel.choices)
    from_on = DayField(
        label=_("In force from"), initial=today,
        help_text=_("The first version may lie in the past; a later one begins tomorrow or after."),
    )  # fmt: skip
    change = forms.CharField(label=_("What changed"), max_length=300, required=False)

    def __init__(self, data: Any, *, newest: PrivacyNotice | None, channel: str) -> None:
        super().__init__(data, initial={"channel": channel})
        for language, name in IN.items():
            is_first = name == "zh_hans"
            self.fields[f"line_{name}"] = forms.CharField(
                label=_("Short line"), max_length=200, required=is_first,
                initial=newest.line.get(language, "") if newest else "",
                help_text=_("Said or shown on the channel itself.") if is_first else "",
            )  # fmt: skip
            self.fields[f"text_{name}"] = forms.CharField(
                label=_("Whole text"), max_length=10_000, required=is_first,
                widget=forms.Textarea(attrs={"rows": 8}),
                initial=newest.text.get(language, "") if newest else "",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for part in ("line", "text"):
            said = {language: data.get(f"{part}_{name}", "") for language, name in IN.items()}
            data[part] = {language: words for language, words in said.items() if words}
        return data

    @property
    def said(self) -> dict[str, Any]:
        """As the service takes it."""
        return {n: self.cleaned_data[n] for n in ("channel", "line", "text", "from_on", "change")}
