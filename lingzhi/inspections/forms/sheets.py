"""Forms of score sheets: the sheet itself, a section, an item."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.core.languages import in_language
from lingzhi.inspections.models import Rule
from lingzhi.inspections.queries.backing import clauses_to_name, reference_of
from lingzhi.inspections.wording.sheets import (
    FAMILIES,
    ITEM_KINDS,
    NEEDS,
    SECTION_KINDS,
    VETOES,
)

ANSWER_LINE = re.compile(
    r"^(?P<title>.+?)\s*[=＝]\s*(?P<share>\d+(?:\.\d+)?)\s*%?\s*(?P<failed>[!！]?)$"
)

USUAL = ("none", "never")  # choices that change nothing
GROUPS: list[tuple[Any, tuple[str, ...]]] = [
    ("", ("title", "kind", "points", "answers")),
    (gettext_lazy("Numbers"), ("low", "high", "step", "fails_below", "unit", "cap")),
    (
        gettext_lazy("When it fails"),
        ("veto", "family", "comment", "evidence", "photo", "causes"),
    ),
    (
        gettext_lazy("Guidance and conditions"),
        ("guidance", "clauses", "allows_na", "is_optional", "shown_item", "shown_answers"),
    ),
    (gettext_lazy("Answered by rules"), ("rules", "on_hit", "on_miss")),
]


def _plain(value: Decimal | None) -> int | float | None:
    """As it is written in the content: whole numbers without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


class _NumberField(forms.DecimalField):
    def __init__(self, **more: Any) -> None:
        super().__init__(required=False, max_digits=9, decimal_places=3, **more)

    def clean(self, value: Any) -> int | float | None:
        return _plain(super().clean(value))


class HeadForm(forms.Form):
    """What a sheet is called and where its lines are."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=250)
    full = _NumberField(
        label=gettext_lazy("Full mark"), min_value=1, help_text=gettext_lazy("100 if empty.")
    )
    passes_at = _NumberField(label=gettext_lazy("Passing line"), min_value=0)
    excels_at = _NumberField(label=gettext_lazy("Line of excellence"), min_value=0)
    start = _NumberField(
        label=gettext_lazy("Starting score"),
        min_value=0,
        help_text=gettext_lazy(
            "Only for a list of deductions or incidents; the full mark if empty."
        ),
    )
    veto_score = _NumberField(
        label=gettext_lazy("Score after a veto"), min_value=0, help_text=gettext_lazy("0 if empty.")
    )
    fails_after = forms.IntegerField(
        label=gettext_lazy("Failed sections that fail the sheet"), required=False, min_value=1
    )


class NewSheetForm(HeadForm):
    """A sheet from nothing: its code is for addresses and files."""

    code = forms.RegexField(
        r"^[a-z0-9_]{1,40}$",
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Small letters, digits and _, up to 40."),
    )
    field_order = ("title", "code")


class SectionForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Title"), max_length=250)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=SECTION_KINDS.items)
    weight = _NumberField(
        label=gettext_lazy("Weight"),
        min_value=0,
        help_text=gettext_lazy(
            "With weights, sections count by them; without, the points of the items do."
        ),
    )
    fails_after = forms.IntegerField(
        label=gettext_lazy("Failed items that fail the section"), required=False, min_value=1
    )


class ItemForm(forms.Form):
    """One item. Answers are written a line each: `title = share`, with `!` where it fails."""

    title = forms.CharField(label=gettext_lazy("Score item"), max_length=500)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of answer"), choices=ITEM_KINDS.items)
    points = _NumberField(
        label=gettext_lazy("Points"),
        help_text=gettext_lazy("Of a count: what each occurrence gives, below zero what it takes."),
    )
    answers = forms.CharField(
        label=gettext_lazy("Answers"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "A line each: the answer = percent of the points. An exclamation mark behind makes the "
            "item failed; so does 0. Empty: yes = 100, no = 0."
        ),
    )
    low = _NumberField(label=gettext_lazy("Lower end"))
    high = _NumberField(label=gettext_lazy("Upper end"))
    step = _NumberField(label=gettext_lazy("Step"), min_value=0)
    fails_below = _NumberField(label=gettext_lazy("Failed below"))
    unit = forms.CharField(label=gettext_lazy("Unit of measure"), required=False, max_length=40)
    cap = _NumberField(
        label=gettext_lazy("At most in all"),
        help_text=gettext_lazy("Of a count, with the sign of its points."),
    )
    veto = forms.ChoiceField(
        label=gettext_lazy("What is lost"), required=False, choices=VETOES.items
    )
    family = forms.ChoiceField(
        label=gettext_lazy("Family of critical errors"),
        required=False,
        choices=lambda: [("", _("– none –")), *FAMILIES.items()],
    )
    allows_na = forms.BooleanField(label=gettext_lazy("May not apply"), required=False)
    is_optional = forms.BooleanField(label=gettext_lazy("May be left out"), required=False)
    comment = forms.ChoiceField(
        label=gettext_lazy("Inspector’s comment"), required=False, choices=NEEDS.items
    )
    evidence = forms.ChoiceField(
        label=gettext_lazy("Evidence from the conversation"), required=False, choices=NEEDS.items
    )
    photo = forms.ChoiceField(label=gettext_lazy("Photo"), required=False, choices=NEEDS.items)
    causes = forms.CharField(
        label=gettext_lazy("Causes to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A line each; a failed item then needs one."),
    )
    guidance = forms.CharField(
        label=gettext_lazy("Guidance"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )  # fmt: skip
    clauses = forms.MultipleChoiceField(
        label=gettext_lazy("Clauses behind it"), required=False,
        widget=forms.SelectMultiple(attrs={"data-combobox": True}),
    )  # fmt: skip
    shown_item = forms.ChoiceField(label=gettext_lazy("Asked only after"), required=False)
    shown_answers = forms.CharField(
        label=gettext_lazy("… was answered"),
        required=False,
        help_text=gettext_lazy("Answers, separated by commas."),
    )
    rules = forms.MultipleChoiceField(
        label=gettext_lazy("Answered by rules"), required=False,
        widget=forms.SelectMultiple(attrs={"data-combobox": True}),
    )  # fmt: skip
    on_hit = forms.CharField(label=gettext_lazy("Answer when a rule hits"), required=False)
    on_miss = forms.CharField(label=gettext_lazy("Answer when none hits"), required=False)

    def __init__(self, *args: Any, before: list[dict[str, Any]], **more: Any) -> None:
        """`before`: the choices that stand before this item, on which it may hang."""
        super().__init__(*args, **more)
        self.before = {str(one.get("code")): one for one in before}
        self.fields["shown_item"].choices = [  # type: ignore[attr-defined]
            ("", _("– always –")),
            *((code, one.get("title") or code) for code, one in self.before.items()),
        ]
        self.fields["rules"].choices = rule_choices()  # type: ignore[attr-defined]
        kept = (self.initial or {}).get("clauses") or []
        self.fields["clauses"].choices = clause_choices(kept)  # type: ignore[attr-defined]

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """Title, fields, and whether one of them says something: the others may stay folded."""
        return [
            (title, [self[name] for name in names], any(self._says(name) for name in names))
            for title, names in GROUPS
        ]

    def _says(self, name: str) -> bool:
        return self[name].value() not in (None, "", [], False, *USUAL) or bool(self[name].errors)

    def clean_answers(self) -> list[dict[str, Any]]:
        return read_answers_text(self.cleaned_data["answers"])

    def clean_causes(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["causes"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "answers" in values and values.get("kind") in ("choice", "multi"):
            values["answers"] = values["answers"] or usual_answers()
        return values

    def as_item(self) -> dict[str, Any]:
        """The item as the content of a sheet holds it."""
        given = dict(self.cleaned_data)
        names = ("shown_item", "shown_answers", "rules", "on_hit", "on_miss")
        item, apart, words, rules, hit, miss = (
            {name: value for name, value in given.items() if name not in names},
            *(given[name] for name in names),
        )
        for name, usual in (
            ("veto", "none"),
            *((one, "never") for one in ("comment", "evidence", "photo")),
        ):
            item[name] = None if item[name] == usual else item[name]
        if item["kind"] not in ("choice", "multi"):
            item["answers"] = None
        item["shown"] = self._shown(apart, words) if apart else None
        answers = item["answers"] or []
        item["fill"] = {"rules": rules, **_chosen(answers, hit=hit, miss=miss)} if rules else None
        return item

    def _shown(self, code: str, words: str) -> dict[str, Any]:
        answers = self.before[code].get("answers") or []
        said = [one.strip() for one in re.split(r"[,，、;；]", words) if one.strip()]
        return {"item": code, "answers": [_code_of(answers, one) for one in said]}


def _code_of(answers: list[dict[str, Any]], word: str) -> str:
    """The code of the answer called `word`; the word itself where there is none, to be named."""
    return next((str(one["code"]) for one in answers if word in (one["title"], one["code"])), word)


def _chosen(answers: list[dict[str, Any]], **words: str) -> dict[str, str]:
    return {name: _code_of(answers, word) for name, word in words.items() if word}


def usual_answers() -> list[dict[str, Any]]:
    """Yes and no."""
    return [
        {"code": "a1", "title": _("Yes"), "share": 1},
        {"code": "a2", "title": _("No"), "share": 0},
    ]


def read_answers_text(text: str) -> list[dict[str, Any]]:
    """The answers written a line each. Raises ValidationError naming every line that is none."""
    answers, wrong = [], []
    for number, line in enumerate((one for one in text.splitlines() if one.strip()), start=1):
        found = ANSWER_LINE.match(line.strip())
        share = Decimal(found["share"]) / 100 if found else None
        if found is None or share is None or share > 1:
            wrong.append(
                _("Line %(number)d is no answer: %(line)s") % {"number": number, "line": line}
            )
            continue
        answer = {"code": f"a{number}", "title": found["title"], "share": _plain(share)}
        if found["failed"]:
            answer["is_failed"] = True
        answers.append(answer)
    if wrong:
        raise ValidationError(wrong)
    return answers


def answers_as_text(answers: list[dict[str, Any]]) -> str:
    """The answers as the form shows them."""
    lines = []
    for one in answers:
        share = _plain(Decimal(str(one.get("share") or 0)) * 100)
        lines.append(f"{one.get('title', '')} = {share}{' !' if one.get('is_failed') else ''}")
    return "\n".join(lines)


def initial_of(item: dict[str, Any]) -> dict[str, Any]:
    """What the form of an item begins with."""
    answers = item.get("answers") or []
    titles = {one.get("code"): one.get("title") for one in answers}
    shown, fill = item.get("shown") or {}, item.get("fill") or {}
    return {
        **item,
        "answers": answers_as_text(answers),
        "causes": "\n".join(item.get("causes") or []),
        "shown_item": shown.get("item", ""),
        "shown_answers": "、".join(shown.get("answers") or []),
        "rules": fill.get("rules") or [],
        "on_hit": titles.get(fill.get("hit"), ""),
        "on_miss": titles.get(fill.get("miss"), ""),
    }


def clause_choices(kept: Iterable[str]) -> list[tuple[str, str]]:
    """The clauses in force by number and title; `kept` stay, in force or not."""
    known = {
        reference_of(one): " ".join(filter(None, (f"§ {one.number}", in_language(one.title))))
        for one in clauses_to_name()
    }
    gone = {name: name for name in kept if name not in known}
    return [*((name, f"{words} · {name}") for name, words in known.items()), *gone.items()]


def rule_choices() -> list[tuple[str, str]]:
    """The rules that may answer an item, by their titles."""
    rules = Rule.objects.prefetch_related("versions")
    named = [
        (rule.code, next((one.title for one in rule.versions.all()), rule.code)) for rule in rules
    ]
    return [(code, f"{title} · {code}") for code, title in named]


class UploadForm(forms.Form):
    """A score sheet as it is used today, from a spreadsheet."""

    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy("XLSX: a line an item, with its group, its points, its standard."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
