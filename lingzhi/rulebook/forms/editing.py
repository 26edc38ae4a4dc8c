"""Building a pack in the browser: its head, one clause, one control."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.roles import ROLES
from lingzhi.core.controls import ControlKind, Param, control_kinds
from lingzhi.core.terms import TERMS, USUAL
from lingzhi.core.units import UNITS
from lingzhi.rulebook.forms.lines import Lines
from lingzhi.rulebook.models import Clause
from lingzhi.rulebook.presenting.text import TOUCHES

Row = dict[str, Any]
Titled = tuple[str, str]
MARKS = [
    ("normative", _("normative: fixed by the rule")),
    ("example", _("example: suggested to who adopts it")),
    ("placeholder", _("open: to be set by who adopts it")),
]
PLAIN: dict[str, type[forms.Field]] = {
    "flag": forms.BooleanField,
    "integer": forms.IntegerField,
    "number": forms.FloatField,
    "percent": forms.FloatField,
}


def both(row: Mapping[str, Any], name: str) -> tuple[str, str]:
    """A text of a body in Chinese and English; empty where it has none."""
    texts = row.get(name) or {}
    return texts.get("zh-Hans", ""), texts.get("en", "")


def texts_of(chinese: str, english: str) -> dict[str, str]:
    """The languages that have a text."""
    found = {"zh-Hans": chinese.strip(), "en": english.strip()}
    return {name: text for name, text in found.items() if text}


class NewPackForm(forms.Form):
    """A pack's name among packs, and its title."""

    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Latin letters, digits and hyphens.")
    )
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120, required=False)
    chapter = forms.CharField(label=_("First chapter"), max_length=120, initial="总则")

    def body(self) -> Row:
        found = self.cleaned_data
        title = texts_of(found["title_zh"], found["title_en"])
        first = {"number": "1", "title": texts_of(found["chapter"], ""), "force": "heading"}
        return {"id": found["code"], "edition": 1, "title": title, "clauses": [first]}


class HeadForm(forms.Form):
    """Title, applicability, purpose, principles, and what the people served are called."""

    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120, required=False)
    applies_to = forms.CharField(
        label=_("Applies to"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    purpose = forms.CharField(
        label=_("Purpose"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    precedence = forms.CharField(
        label=_("What prevails"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    principles = Lines(label=_("Principles"), required=False, help_text=_("One a line."))
    customer = forms.ChoiceField(
        label=_("The people served are called"), choices=[(word, word) for word in TERMS]
    )
    uniform = forms.BooleanField(
        label=_("The same standards on every channel are demanded"), required=False
    )
    extends = forms.MultipleChoiceField(
        label=_("Takes over every clause of"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A clause here takes the place of one with the same number there."),
    )

    @classmethod
    def of(cls, body: Row, data: Any = None, *, packs: Sequence[Titled] = ()) -> "HeadForm":
        """The form of a body; `packs` are those it may inherit from, by code and title."""
        title = both(body, "title")
        initial = {
            "title_zh": title[0],
            "title_en": title[1],
            "principles": [next(iter(one.values()), "") for one in body.get("principles") or ()],
            "customer": (body.get("terms") or {}).get("customer", USUAL),
            "uniform": bool(body.get("uniform_across_channels")),
            "extends": body.get("extends") or [],
        }
        for name in ("applies_to", "purpose", "precedence"):
            initial[name] = both(body, name)[0] or both(body, name)[1]
        form = cls(data, initial=initial)
        form.fields["extends"].choices = packs  # type: ignore[attr-defined]
        if not packs:
            del form.fields["extends"]
        return form

    def changed(self, body: Row) -> Row:
        """The body with this head; English texts of other fields are kept where they stand."""
        found, new = self.cleaned_data, dict(body)
        new["title"] = texts_of(found["title_zh"], found["title_en"])
        for name in ("applies_to", "purpose", "precedence"):
            if name in self.changed_data:
                new[name] = texts_of(found[name], "")
            if not new.get(name):
                new.pop(name, None)
        if "principles" in self.changed_data:
            new["principles"] = [texts_of(line, "") for line in found["principles"]]
        new["terms"] = {**(body.get("terms") or {}), "customer": found["customer"]}
        new["uniform_across_channels"] = found["uniform"]
        if "extends" in found:
            new["extends"] = found["extends"]
        return new


class ClauseForm(forms.Form):
    """One clause: a sentence about what the centre does."""

    number = forms.CharField(label=_("Number"), max_length=20)
    force = forms.ChoiceField(label=_("Force"), choices=Clause.Force.choices, initial="must")
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120, required=False)
    text_zh = forms.CharField(
        label=_("Text (Chinese)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("{control.figure} stands for a figure of one of its controls."),
    )
    text_en = forms.CharField(
        label=_("Text (English)"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    touches = forms.MultipleChoiceField(
        label=_("Touches"),
        choices=list(TOUCHES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def of(cls, row: Row, data: Any = None) -> "ClauseForm":
        title, text = both(row, "title"), both(row, "text")
        return cls(
            data,
            initial={
                "number": row.get("number", ""),
                "force": row.get("force", "must"),
                "title_zh": title[0],
                "title_en": title[1],
                "text_zh": text[0],
                "text_en": text[1],
                "touches": row.get("touches") or [],
            },
        )

    def changed(self, row: Row) -> Row:
        """The clause with these words; what the form does not show is kept."""
        found, new = self.cleaned_data, dict(row)
        new |= {"number": found["number"], "force": found["force"]}
        new["title"] = texts_of(found["title_zh"], found["title_en"])
        new["text"] = texts_of(found["text_zh"], found["text_en"])
        new["touches"] = found["touches"]
        return {name: value for name, value in new.items() if value not in ({}, [])}


class KindForm(forms.Form):
    """Which kind of control a clause gets."""

    kind = forms.ChoiceField(label=_("Add a control"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = sorted(control_kinds().values(), key=lambda one: (not one.runs, str(one.label)))
        self.fields["kind"].choices = [(one.code, one.label) for one in kinds]  # type: ignore[attr-defined]


class ControlForm(forms.Form):
    """One control: its name, and for each parameter the value and, for figures, the mark."""

    key = forms.SlugField(label=_("Key"), max_length=60, help_text=_("Once in a pack."))
    title_zh = forms.CharField(label=_("Title (Chinese)"), max_length=120)
    title_en = forms.CharField(label=_("Title (English)"), max_length=120, required=False)

    def __init__(self, *args: Any, kind: ControlKind, row: Row | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.kind, self.row = kind, row or {}
        title = both(self.row, "title")
        given = {"key": self.row.get("key", ""), "title_zh": title[0], "title_en": title[1]}
        self.initial.update(given)
        for param in kind.params:
            self._add(param)

    def _add(self, param: Param) -> None:
        figure = (self.row.get("figures") or {}).get(param.name, {})
        stored = (
            figure.get("value") if param.is_figure else (self.row.get("with") or {}).get(param.name)
        )
        self.fields[f"v-{param.name}"] = value_field(param, initial=stored)
        if not param.is_figure:
            return
        mark = figure.get("mark", "normative")
        if param.form == "number" and not param.unit:
            units = [("", "–"), *((code, unit_words(code)) for code in UNITS)]
            self.fields[f"u-{param.name}"] = forms.ChoiceField(
                label=_("Unit of measure"),
                choices=units,
                required=False,
                initial=figure.get("unit", ""),
            )
        self.fields[f"m-{param.name}"] = forms.ChoiceField(
            label=_("Comes from"), choices=MARKS, initial=mark
        )
        self.fields[f"a-{param.name}"] = forms.CharField(
            label=_("Question to who adopts it"),
            required=False,
            max_length=200,
            initial=both(figure, "ask")[0],
        )

    def plain(self) -> list[forms.BoundField]:
        """The fields that belong to no figure."""
        figures = {param.name for param in self.kind.params if param.is_figure}
        return [field for field in self if field.name.partition("-")[2] not in figures]

    def figures(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        """Each figure with its fields: value, unit, where it comes from, what is asked."""
        for param in self.kind.params:
            if param.is_figure:
                names = [f"{part}-{param.name}" for part in "vuma"]
                yield capfirst(str(param.label)), [self[one] for one in names if one in self.fields]

    def control(self) -> Row:
        """The control in the form of the pack schema."""
        found = self.cleaned_data
        fixed, figures = {}, {}
        for param in self.kind.params:
            value = found[f"v-{param.name}"]
            if param.is_figure:
                figure = self._figure(param, value)
                if figure:
                    figures[param.name] = figure
            elif value is not False and value not in ("", None, []):
                fixed[param.name] = value
        title = texts_of(found["title_zh"], found["title_en"])
        row = {"key": found["key"], "kind": self.kind.code, "title": title}
        return row | ({"with": fixed} if fixed else {}) | ({"figures": figures} if figures else {})

    def _figure(self, param: Param, value: Any) -> Row:
        found, name = self.cleaned_data, param.name
        mark, unit = found[f"m-{name}"], found.get(f"u-{name}", "") or param.unit
        row: Row = {"mark": mark} | ({"unit": unit} if unit else {})
        if mark == "placeholder":
            return row | {"ask": texts_of(found[f"a-{name}"] or str(param.label), "")}
        return row | {"value": value} if value not in ("", None, []) else {}


def unit_words(code: str) -> str:
    """The unit alone, without a number."""
    return str(UNITS[code] % {"value": "", "count": 2}).strip()


def value_field(param: Param, *, initial: Any = None) -> forms.Field:
    """The field in which a value of this parameter is entered; empty is always allowed here."""
    given: dict[str, Any] = {
        "label": capfirst(str(param.label)),
        "required": False,
        "initial": initial,
    }
    if param.form == "roles":
        roles = [(code, role.label) for code, role in ROLES.items()]
        return forms.MultipleChoiceField(choices=roles, **given)
    if param.choices:
        choices = list(param.choices())
        if param.form == "words":
            return forms.MultipleChoiceField(choices=choices, **given)
        return forms.ChoiceField(choices=[("", "–"), *choices], **given)
    if param.form == "words":
        return Lines(help_text=_("One a line."), **given)
    return PLAIN.get(param.form, forms.CharField)(**given)
