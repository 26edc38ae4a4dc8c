"""What the columns mean: for each field a column, a value for all, the file's own words."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as made_by
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lingzhi.core.intake import Field, ImportKind
from lingzhi.imports.formats import Options
from lingzhi.imports.guessing import DATE_PATTERNS, strange_words
from lingzhi.imports.records import LIST, OTHERS, TURN, dated, knows
from lingzhi.imports.samples import Sample, masked, shown

NO_COLUMN = ("", _("– none –"))
NO_VALUE = ("", _("– no value –"))
NO_WORD = ("", _("– report as a problem –"))
NO_SPEAKER = ("", _("– no speaker –"))
AUTOMATIC = ("", _("as detected"))


@dataclass(slots=True)
class Line:
    """One field on the page with all its controls."""

    field: Field
    column: BoundField
    default: BoundField | None = None
    dates: BoundField | None = None
    words: list[tuple[str, BoundField]] = made_by(default_factory=list)
    example: str = ""
    read_as: str = ""


class MappingForm(forms.Form):
    """Its fields depend on the kind of records, the file's columns and what stands in them.

    `columns` and `options` are what it begins with; valid, it gives new ones.
    """

    keep = forms.MultipleChoiceField(
        label=_("Keep these columns as further data"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are kept with each record, personal data in them masked."),
    )

    def __init__(
        self,
        data: Any,
        *,
        kind: ImportKind,
        sample: Sample,
        columns: dict[str, str],
        options: Options,
    ) -> None:
        super().__init__(data)
        self.kind, self.sample, self.given, self.options = kind, sample, columns, options
        self.shown = [one for one in kind.every_field.values() if self._is_shown(one)]
        self.strange: dict[str, dict[str, str]] = {}
        for one in self.shown:
            self._add(one)
        used = {*columns.values()}
        unused = [name for name in sample.columns if LIST not in name and name not in used]
        self.fields["keep"].choices = [(name, name) for name in unused]  # type: ignore[attr-defined]
        self.fields["keep"].initial = options.get("keep", [])

    def _is_shown(self, one: Field) -> bool:
        is_turn = one.name.startswith(TURN)
        if self.options.get("shape") == "turns":
            return one.name not in {"turns", "meta"}
        has_items = any(LIST in name for name in self.sample.columns)
        is_nested = self.options.get("format") == "jsonl"
        return has_items if is_turn else one.name != "meta" or is_nested

    def _add(self, one: Field) -> None:
        names = [(name, name) for name in self.sample.columns]
        self.fields[f"column-{one.name}"] = forms.ChoiceField(
            label=str(one.label),
            choices=[NO_COLUMN, *names],
            required=False,
            initial=self.given.get(one.name, ""),
        )
        if one.may_default:
            self._add_default(one)
        values = self.sample.values(self.given[one.name]) if one.name in self.given else []
        if one.is_time and values:
            self._add_dates(one, values)
        if one.choices is not None and values:
            self._add_words(one, one.choices(), values)

    def _add_default(self, one: Field) -> None:
        given = self.options.get("defaults", {}).get(one.name, "")
        made: forms.Field
        if one.choices is not None:
            choices = [NO_VALUE, *one.choices()]
            made = forms.ChoiceField(choices=choices, required=False, initial=given)
        else:
            made = forms.CharField(required=False, max_length=60, initial=given)
        made.label = _("Where it is empty")
        self.fields[f"default-{one.name}"] = made

    def _add_dates(self, one: Field, values: list[Any]) -> None:
        given = self.options.get("dates", {}).get(one.name, "")
        if given or not all(map(knows(one), values[:500])):
            choices = [AUTOMATIC, *DATE_PATTERNS]
            self.fields[f"dates-{one.name}"] = forms.ChoiceField(
                label=_("Written as"), choices=choices, required=False, initial=given
            )

    def _add_words(self, one: Field, choices: Any, values: list[Any]) -> None:
        given = self.options.get("words", {}).get(one.name, {})
        words = strange_words(one, values, given)
        self.strange[one.name] = {digest(word): word for word in words}
        is_speaker = one.name.startswith(TURN) or one.words_in is not None
        if is_speaker and words:
            self.strange[one.name][digest(OTHERS)] = OTHERS
        for key, word in self.strange[one.name].items():
            self.fields[f"word-{one.name}-{key}"] = forms.ChoiceField(
                label=_("Every other word") if word == OTHERS else masked(one, word[:40]),
                choices=[NO_WORD if one.words_in is None else NO_SPEAKER, *choices],
                required=False,
                initial=given.get(word, ""),
            )

    def lines(self) -> list[Line]:
        """Fields that have a column, or must or can do without one, in the order of the kind."""
        return [line for line in self._lines() if not self._is_further(line.field)]

    def further_lines(self) -> list[Line]:
        """Fields that this file seems not to have."""
        return [line for line in self._lines() if self._is_further(line.field)]

    def _is_further(self, one: Field) -> bool:
        return not (one.is_required or one.name in self.given or one.usual)

    def _lines(self) -> Iterator[Line]:
        for one in self.shown:
            line = Line(one, self[f"column-{one.name}"])
            line.default = self._bound(f"default-{one.name}")
            line.dates = self._bound(f"dates-{one.name}")
            line.words = [
                (word, self[f"word-{one.name}-{key}"])
                for key, word in self.strange.get(one.name, {}).items()
            ]
            if one.name in self.given:
                self._exemplify(line, one)
            yield line

    def _bound(self, name: str) -> BoundField | None:
        return self[name] if name in self.fields else None

    def _exemplify(self, line: Line, one: Field) -> None:
        value = next(iter(self.sample.values(self.given[one.name])), None)
        if isinstance(value, list):
            line.example = ngettext("%(count)d item", "%(count)d items", len(value)) % {
                "count": len(value)
            }
        elif value is not None:
            line.example = masked(one, str(value))[:80]
            pattern = self.options.get("dates", {}).get(one.name, "")
            line.read_as = shown(one, dated(value, pattern)) if one.is_time else ""

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for one in self.shown:
            columns = [found.get(f"column-{name}") for name in (one.name, *one.instead)]
            is_given = any(columns) or found.get(f"default-{one.name}")
            is_of_list = one.name.startswith(TURN) and self.options.get("shape") != "turns"
            if one.is_required and not is_given and not is_of_list:
                self.add_error(
                    f"column-{one.name}",
                    _("Choose a column, or one value for all rows.")
                    if one.may_default
                    else _("Choose a column."),
                )
        return found

    def mapped_columns(self) -> dict[str, str]:
        """The column of each field that has one."""
        return self._found("column-")

    def mapped_words(self) -> dict[str, dict[str, str]]:
        """What the file's own words mean, as far as that was chosen."""
        words = {
            name: {
                word: self.cleaned_data[f"word-{name}-{key}"]
                for key, word in by_key.items()
                if self.cleaned_data.get(f"word-{name}-{key}")
            }
            for name, by_key in self.strange.items()
        }
        return {name: found for name, found in words.items() if found}

    def mapped_options(self) -> Options:
        """The options of reading together with what was decided here."""
        return {
            **self.options,
            "defaults": self._found("default-"),
            "dates": self._found("dates-"),
            "words": self.mapped_words(),
            "keep": self.cleaned_data["keep"],
        }

    def _found(self, prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): value
            for name, value in self.cleaned_data.items()
            if name.startswith(prefix) and value
        }


def digest(word: str) -> str:
    """A name for a word that may be personal: the page does not repeat it."""
    return hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()[:12]
