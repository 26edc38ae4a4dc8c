"""Django forms in the look of the program: `{% form form %}` or field by field."""

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from lingzhi.core.templatetags.registry import register

DASHES = "---------"  # what Django says where nothing is chosen; the program says – everywhere


@register.inclusion_tag("core/_form.html")
def form(form: forms.BaseForm) -> dict[str, Any]:
    """Errors of the whole form, hidden fields, each field; `<form class="lz-form">` is yours.

    A form that is `Grouped` stands in its groups.
    """
    return {"form": form, "visible": form.visible_fields(), "groups": getattr(form, "groups", ())}


@register.inclusion_tag("core/_field.html")
def field(field: BoundField, *, label: str = "", full: bool = False) -> dict[str, Any]:
    """One field with label, help and error; `full` spans both columns of `lz-form-columns`."""
    return {
        "field": field,
        "kind": kind_of(field.field.widget),
        "label": label or field.label,
        "full": full or isinstance(field.field.widget, forms.Textarea),
        "control": control(field),
    }


def kind_of(widget: forms.Widget) -> str:
    """hidden | check | choices | date | select | plain: what the field template draws."""
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect):  # and its child, the list of check boxes
        return "choices"
    if isinstance(widget, forms.DateInput) and not isinstance(widget, forms.DateTimeInput):
        return "date"
    return "select" if isinstance(widget, forms.Select) else "plain"


def control(field: BoundField) -> SafeString:
    """The widget itself, with the classes of its kind."""
    widget, kind = field.field.widget, kind_of(field.field.widget)
    if kind == "date":
        _as_browser_date(widget)
    css = {
        "select": "form-select",
        "check": "form-check-input",
        "choices": "form-check-input",
        "hidden": "",
    }.get(kind, "form-control")
    classes = [widget.attrs.get("class", ""), css, "is-invalid" if field.errors else ""]
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, classes))}
    if kind == "choices":
        widget.attrs.update(attrs)
        return SafeString()
    drawn = field.as_widget(attrs=attrs)
    return SafeString(drawn.replace(f">{DASHES}<", ">–<")) if kind == "select" else drawn


def _as_browser_date(widget: Any) -> None:
    """The browser's own calendar; it wants ISO dates whatever the language of the page."""
    widget.input_type = "date"
    widget.format = "%Y-%m-%d"
