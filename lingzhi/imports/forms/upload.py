from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.intake import ImportKind

ACCEPTED = ".csv,.txt,.tsv,.xlsx,.xls,.ods,.xlsb,.jsonl,.ndjson,.json,.zip"
TABLE = ("", _("A table or JSON"))


class UploadForm(forms.Form):
    """A file, what it holds and where it comes from."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, XLSX or JSON Lines, at most 512 MB. The encoding is found out."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": _("The file is empty.")},
    )
    kind = forms.ChoiceField(label=_("What it holds"))
    source = forms.RegexField(
        label=_("Source"),
        regex=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$",
        help_text=_(
            "A short code for the system it comes from, such as pbx or wecom. Numbers are unique "
            "within a source, and its mapping is remembered."
        ),
        error_messages={"invalid": _("Letters, digits, hyphens; at most 40.")},
        widget=forms.TextInput(attrs={"list": "known-sources", "autocomplete": "off"}),
    )
    adapter = forms.ChoiceField(
        label=_("Form of the file"),
        required=False,
        help_text=_("Known data sets have a reader of their own and need no mapping."),
    )

    def __init__(self, *args: Any, kinds: list[ImportKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.code, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        adapters = [
            (name, adapter.label) for kind in kinds for name, adapter in kind.adapters.items()
        ]
        self.fields["adapter"].choices = [TABLE, *adapters]  # type: ignore[attr-defined]
        if not adapters:
            del self.fields["adapter"]
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = kinds[0].code
        self.kinds = {kind.code: kind for kind in kinds}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        kind = self.kinds.get(found.get("kind", ""))
        adapter = found.get("adapter", "")
        if kind is not None and adapter and adapter not in kind.adapters:
            self.add_error("adapter", _("This data set holds something else."))
        if kind is not None and not kind.fields and not adapter:
            self.add_error("adapter", _("Choose which system wrote the file."))
        return found

    @property
    def chosen_kind(self) -> ImportKind:
        return self.kinds[self.cleaned_data["kind"]]
