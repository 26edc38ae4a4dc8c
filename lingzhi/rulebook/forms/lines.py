"""A list of words as a text area, one a line."""

from typing import Any

from django import forms


class Lines(forms.CharField):
    """Cleans to a list of str, empty lines left out."""

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(_plain, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = [_plain(one) for one in initial] if isinstance(initial, list) else []
        return bool(self.to_python(data) != before)


def _plain(item: Any) -> str:
    return next(iter(item.values()), "") if isinstance(item, dict) else str(item)
