"""The rule editor: one model behind two doors, a form and a YAML text."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models import Channel, Contact
from lingzhi.inspections.canonical import Body, canonical
from lingzhi.inspections.forms import examples
from lingzhi.inspections.forms.conditions import ConditionRows
from lingzhi.inspections.forms.fields import NotatedField, NumberField
from lingzhi.inspections.forms.scopes import ScopeForm
from lingzhi.inspections.forms.wordsets import read_wordsets, text_of_wordsets
from lingzhi.inspections.models import RuleVersion
from lingzhi.inspections.wording.problems import sentence
from lingzhi_engine.inspect import Problem

EXAMPLES = (
    ("hit", _("A hit in")),
    ("miss", _("No hit in")),
    ("na", _("Does not apply to")),
    ("unknown", _("Cannot be judged in")),
)


def _text(label: Any, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, **given)


class RuleForm(forms.Form):
    """Everything of a rule but its conditions."""

    id = forms.RegexField(
        label=_("Code"),
        regex=r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+",
        max_length=80,
        help_text=_("dimension.name, in lower-case letters; it stays the same for ever."),
        error_messages={"invalid": _("Write it as dimension.name, in lower-case letters.")},
    )
    title_zh = _text(_("Title in Chinese"))
    title_en = _text(_("Title in English"), required=False)
    why_zh = _text(_("Why it matters, in Chinese"), required=False)
    why_en = _text(_("Why it matters, in English"), required=False)
    dimension = forms.CharField(
        label=_("Dimension"),
        required=False,
        max_length=40,
        help_text=_("Empty: the first part of the code."),
    )
    severity = forms.ChoiceField(label=_("Severity"), choices=RuleVersion.Severity.choices)
    kind = forms.ChoiceField(label=_("A hit is a"), choices=RuleVersion.Kind.choices)
    points = NumberField(label=_("Points"), required=False, decimal_places=2)
    per = forms.ChoiceField(
        label=_("Points count"),
        choices=[("once", _("once a conversation")), ("hit", _("for every hit"))],
    )
    cap = NumberField(label=_("At most, points"), required=False, decimal_places=2)
    channels = forms.MultipleChoiceField(
        label=_("Channels (none = all)"), required=False, widget=forms.CheckboxSelectMultiple
    )
    directions = forms.MultipleChoiceField(
        label=_("Directions (none = both)"),
        required=False,
        choices=Contact.Direction.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    when = forms.CharField(
        label=_("Hit when"),
        required=False,
        max_length=1000,
        help_text=_(
            "Names of conditions with && || ! ( ), atLeast(2, a, b, c), seq(a, b, within 3 turns),"
            " a unless b. One condition alone needs nothing here."
        ),
        widget=forms.TextInput({"class": "lz-code", "spellcheck": "false"}),
    )
    applies_when = forms.CharField(
        label=_("Applies only when"),
        required=False,
        max_length=1000,
        help_text=_("Where this does not hold, the rule does not apply."),
        widget=forms.TextInput({"class": "lz-code", "spellcheck": "false"}),
    )
    wordsets = NotatedField(
        text_of_wordsets,
        read_wordsets,
        label=_("Word sets"),
        required=False,
        help_text=_("[name] or [name: level], then one word a line. For the condition “Word set”."),
    )

    def __init__(self, data: Any = None, *, body: Body, is_new: bool) -> None:
        super().__init__(data, initial=_initial(body))
        self.fields["id"].disabled = not is_new
        chosen = data.getlist("channels") if data is not None else body.get("channels") or []
        self.fields["channels"].choices = _channels(chosen)  # type: ignore[attr-defined]
        chinese = not (get_language() or "").startswith("en")
        for verdict, label in EXAMPLES:
            self.fields[f"tests_{verdict}"] = _examples_field(label, chinese)
            written = (body.get("tests") or {}).get(verdict) or []
            self.initial[f"tests_{verdict}"] = examples.text_of(written, chinese=chinese)

    def parts(self) -> Body:
        """The parts of the rule that stand in this form, of what could be read."""
        values = self.cleaned_data
        code = str(values.get("id") or "")
        tests = {verdict: values.get(f"tests_{verdict}") for verdict, _label in EXAMPLES}
        return {
            "id": code,
            "title": _languages(values, "title"),
            "why": _languages(values, "why"),
            "dimension": values.get("dimension") or code.partition(".")[0],
            "severity": values.get("severity"),
            "channels": values.get("channels"),
            "directions": values.get("directions"),
            "when": values.get("when"),
            "applies_when": values.get("applies_when"),
            "effect": {name: values.get(name) for name in ("kind", "points", "per", "cap")},
            "wordsets": values.get("wordsets"),
            "tests": {verdict: several for verdict, several in tests.items() if several},
        }


def _languages(values: dict[str, Any], name: str) -> dict[str, str]:
    texts = {"zh-Hans": values.get(f"{name}_zh"), "en": values.get(f"{name}_en")}
    return {language: text for language, text in texts.items() if text}


def _initial(body: Body) -> dict[str, Any]:
    effect, title, why = (body.get(name) or {} for name in ("effect", "title", "why"))
    wordsets = body.get("wordsets")
    return {
        **{name: body.get(name) for name in ("id", "severity", "channels", "directions")},
        **{name: body.get(name) for name in ("when", "applies_when", "dimension")},
        "title_zh": title.get("zh-Hans"),
        "title_en": title.get("en"),
        "why_zh": why.get("zh-Hans"),
        "why_en": why.get("en"),
        "kind": effect.get("kind", "violation"),
        "points": effect.get("points"),
        "per": effect.get("per", "once"),
        "cap": effect.get("cap"),
        "wordsets": text_of_wordsets(wordsets) if wordsets else "",
    }


def _channels(chosen: list[str]) -> list[tuple[str, str]]:
    """All channels; one that the rule names and nobody has yet is kept."""
    known = [(channel.code, channel.label) for channel in Channel.objects.all()]
    codes = {code for code, _name in known}
    return [*known, *((code, code) for code in chosen if code not in codes)]


def _examples_field(label: Any, chinese: bool) -> forms.Field:
    return NotatedField(
        lambda written: examples.text_of(written, chinese=chinese),
        examples.read_examples,
        label=label,
        required=False,
    )


class RuleDesk:
    """The form door: the rule's own fields, its default scope, its conditions."""

    def __init__(self, data: Any = None, *, body: Body, is_new: bool) -> None:
        self.rule = RuleForm(data, body=body, is_new=is_new)
        self.scope = ScopeForm(
            data,
            prefix="scope",
            written=body.get("scope") or {},
            nobody=str(_("Anybody")),
        )
        self.rows = ConditionRows(data, body.get("conditions"))

    def is_valid(self) -> bool:
        return self.rule.is_valid() & self.scope.is_valid() & self.rows.is_valid()

    def read(self) -> Body:
        """The rule as far as it could be read, in canonical form."""
        scope = self.scope.scope() if self.scope.is_valid() else {}
        return canonical(
            {**self.rule.parts(), "scope": scope, "conditions": self.rows.conditions()}
        )

    def be_quiet(self) -> None:
        """Show no errors: somebody is still writing."""
        for form in self.all_forms():
            form._errors = ErrorDict()  # type: ignore[attr-defined]

    def all_forms(self) -> list[forms.Form]:
        rows = self.rows.forms
        return [self.rule, self.scope, *rows, *(row.scope_form for row in rows)]

    def name(self, problem: Problem) -> bool:
        """Show a problem beside the field it is about; False where there is none."""
        head, _dot, rest = problem.field.partition(".")
        if head == "conditions":
            return self._name_in_row(problem, *rest.split("."))
        form, field = self._place(head, rest)
        if field not in form.fields or not form.is_bound:
            return False
        form.add_error(field, sentence(problem))
        return True

    def _place(self, head: str, rest: str) -> tuple[forms.Form, str]:
        if head == "scope":
            return self.scope, rest.partition(".")[0]
        own = {"title": "title_zh", "why": "why_zh", "effect": rest, "tests": f"tests_{rest}"}
        return self.rule, own.get(head, head)

    def _name_in_row(self, problem: Problem, name: str, *path: str) -> bool:
        for row in self.rows.forms:
            if row.is_bound and row.cleaned_data.get("name") == name and path:
                return row.put(path, sentence(problem))
        return False
