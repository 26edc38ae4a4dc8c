"""What is sent about questionnaires, their questions, scales and dimensions."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.languages import in_language
from lingzhi.surveys.forms.texts import initial_of, text_fields, texts_in
from lingzhi.surveys.models import Answer, Dimension, Questionnaire, QuestionnaireVersion, Scale
from lingzhi.surveys.services.questionnaires import Words

APART = re.compile(r"\s*[|｜]\s*")
KINDS = Answer.Kind


class WordsForm(forms.Form):
    """What a questionnaire is called, and what stands around its questions."""

    name = forms.CharField(label=_("Name in the house"), max_length=120)
    code = forms.CharField(
        label=_("Code"), max_length=40, help_text=_("By which programs name it; it stays.")
    )
    occasion = forms.ChoiceField(label=_("Occasion"), choices=Questionnaire.Occasion.choices)

    def __init__(self, version: QuestionnaireVersion | None, data: Any = None) -> None:
        super().__init__(data, initial=_words_of(version) if version else None)
        if version is not None:
            del self.fields["code"]
        self.fields |= text_fields("title", _("Title"))
        self.fields |= text_fields("intro", _("Introduction"), lines=3, most=600, required=False)
        self.fields |= text_fields("thanks", _("Thanks"), lines=2, most=600, required=False)

    @property
    def words(self) -> Words:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        texts = (texts_in(data, name) for name in ("title", "intro", "thanks"))
        return Words(data["name"], data["occasion"], *texts)


def _words_of(version: QuestionnaireVersion) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": version.questionnaire.name, "occasion": version.questionnaire.occasion,
    }  # fmt: skip
    for name in ("title", "intro", "thanks"):
        found |= initial_of(getattr(version, name), name)
    return found


class QuestionForm(forms.Form):
    """One question. Which fields count depends on its kind."""

    kind = forms.ChoiceField(label=_("Kind of question"), choices=KINDS.choices)
    code = forms.CharField(label=_("Code"), max_length=40)
    dimension = forms.ChoiceField(label=_("Dimension"), required=False)
    scale = forms.ChoiceField(label=_("Rating scale"), required=False)
    required = forms.BooleanField(label=_("must be answered"), required=False)
    low_at = forms.IntegerField(
        label=_("Opens a recovery case at this number or less"), required=False, min_value=0,
        help_text=_("Only for judgements; empty: never."),
    )  # fmt: skip
    options = forms.CharField(
        label=_("Answers to choose from"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: code | Chinese | English"),
    )  # fmt: skip
    rows = forms.CharField(
        label=_("Lines of the matrix"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: code | dimension | Chinese | English"),
    )  # fmt: skip
    ask_if = forms.ChoiceField(label=_("Asked only after"), required=False)
    ask_if_in = forms.CharField(
        label=_("… was answered with one of"), required=False, max_length=200,
        help_text=_("Numbers or codes of answers, with commas between them."),
    )  # fmt: skip

    def __init__(
        self, version: QuestionnaireVersion, old: Mapping[str, Any] | None, data: Any = None
    ) -> None:
        super().__init__(data, initial=_sent_as(old) if old else None)
        self.fields = {
            **text_fields("title", _("Survey question"), lines=2, most=300),
            **self.fields,
        }
        dimensions = [(one.code, str(one)) for one in Dimension.objects.all()]
        scales = [(one.code, str(one)) for one in Scale.objects.filter(retired_at=None)]
        self._choose("dimension", dimensions)
        self._choose("scale", scales)
        self._choose("ask_if", _earlier(version, old))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", "–"), *choices]  # type: ignore[attr-defined]

    def clean_options(self) -> list[dict[str, Any]]:
        return [
            {"code": parts[0], "title": _texts(parts[1:])}
            for parts in _lines(self.cleaned_data["options"], 2)
        ]

    def clean_rows(self) -> list[dict[str, Any]]:
        return [
            {"code": parts[0], "dimension": parts[1], "title": _texts(parts[2:])}
            for parts in _lines(self.cleaned_data["rows"], 3)
        ]

    @property
    def question(self) -> dict[str, Any]:
        """What was sent as the questionnaire keeps it; what its kind does not know is left out."""
        data, kind = self.cleaned_data, self.cleaned_data["kind"]
        found: dict[str, Any] = {
            "code": data["code"], "kind": kind, "title": texts_in(data, "title"),
            "required": data["required"],
        }  # fmt: skip
        if kind in (KINDS.SCALE, KINDS.MATRIX):
            found |= {"scale": data["scale"], "low_at": data["low_at"]}
        if kind in (KINDS.CHOICE, KINDS.CHOICES):
            found["options"] = data["options"]
        if kind == KINDS.MATRIX:
            found["rows"] = data["rows"]
        elif data["dimension"]:
            found["dimension"] = data["dimension"]
        if data["ask_if"]:
            answers = [one for one in re.split(r"[\s,，、]+", data["ask_if_in"]) if one]
            found["ask_if"] = {"question": data["ask_if"], "in": answers}
        return found


def _earlier(version: QuestionnaireVersion, old: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    codes = [row.get("code") for row in version.questions]
    end = codes.index(old["code"]) if old and old["code"] in codes else len(codes)
    closed = (KINDS.SCALE, KINDS.CHOICE, KINDS.CHOICES)
    rows = [row for row in version.questions[:end] if row.get("kind") in closed]
    return [(row["code"], in_language(row["title"])) for row in rows]


def _lines(text: str, least: int) -> list[list[str]]:
    found = [APART.split(line.strip()) for line in text.splitlines() if line.strip()]
    for at, parts in enumerate(found, start=1):
        if not least <= len(parts) <= least + 1 or not parts[least - 1]:
            raise forms.ValidationError(
                _("Line %(line)d cannot be read."), params={"line": at}, code="line"
            )
    return found


def _texts(parts: list[str]) -> dict[str, str]:
    return {code: text[:120] for code, text in zip(("zh-Hans", "en"), parts, strict=False) if text}


def _sent_as(old: Mapping[str, Any]) -> dict[str, Any]:
    """A question as its form shows it."""
    condition = old.get("ask_if") or {}
    return {
        **initial_of(old.get("title", {}), "title"),
        **{name: old.get(name) for name in ("kind", "code", "dimension", "scale", "low_at")},
        "required": old.get("required", False), "ask_if": condition.get("question", ""),
        "ask_if_in": ", ".join(condition.get("in", [])),
        "options": "\n".join(_line(one, ("code",)) for one in old.get("options", [])),
        "rows": "\n".join(_line(one, ("code", "dimension")) for one in old.get("rows", [])),
    }  # fmt: skip


def _line(one: Mapping[str, Any], names: tuple[str, ...]) -> str:
    title = one.get("title", {})
    parts = [*(str(one.get(name, "")) for name in names), title.get("zh-Hans", "")]
    return " | ".join([*parts, title["en"]] if title.get("en") else parts)


class ScaleForm(forms.Form):
    """A scale of the house's own."""

    code = forms.CharField(label=_("Code"), max_length=40)
    kind = forms.ChoiceField(label=_("Kind of scale"), choices=Scale.Kind.choices)
    lowest = forms.IntegerField(label=_("Lowest"), min_value=0, max_value=10, initial=1)
    highest = forms.IntegerField(label=_("Highest"), min_value=1, max_value=10, initial=5)
    satisfied_from = forms.IntegerField(
        label=_("Satisfied from"), min_value=1, max_value=10, initial=4
    )
    dissatisfied_to = forms.IntegerField(
        label=_("Dissatisfied up to"), min_value=0, max_value=10, initial=2
    )
    labels = forms.CharField(
        label=_("Words of the numbers"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One a line: number | Chinese | English"),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields = {**text_fields("title", _("Name"), most=60), **self.fields}

    def clean_labels(self) -> dict[str, dict[str, str]]:
        lines = _lines(self.cleaned_data["labels"], 2)
        return {parts[0]: _texts(parts[1:]) for parts in lines}

    @property
    def scale(self) -> Scale:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        names = ("code", "kind", "lowest", "highest", "satisfied_from", "dissatisfied_to", "labels")
        return Scale(title=texts_in(data, "title"), **{name: data[name] for name in names})


class DimensionForm(forms.Form):
    """A dimension that judgements are about."""

    code = forms.CharField(label=_("Code"), max_length=40)
    is_required = forms.BooleanField(
        label=_("every questionnaire about a service or complaint must ask about it"),
        required=False,
    )

    def __init__(self, old: Dimension | None, data: Any = None) -> None:
        initial: dict[str, Any] = {}
        if old:
            initial = {"is_required": old.is_required, **initial_of(old.title, "title")}
        super().__init__(data, initial=initial)
        self.old = old
        if old is not None:
            del self.fields["code"]
        self.fields = {**text_fields("title", _("Name"), most=60), **self.fields}

    @property
    def dimension(self) -> Dimension:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        found = self.old or Dimension(code=data["code"])
        found.title, found.is_required = texts_in(data, "title"), data["is_required"]
        return found
