"""The page on which a file's columns are given their meaning, step by step.

Each look at the page reads the beginning of the file as the form says at that moment. Nothing is
stored before somebody starts the import.
"""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict

from lingzhi.core.intake import Field, ImportKind
from lingzhi.imports.formats import Options, Unreadable
from lingzhi.imports.forms import MappingForm, ReadingForm
from lingzhi.imports.models import Batch
from lingzhi.imports.queries import remembered_mapping
from lingzhi.imports.samples import (
    Previewed,
    Proposal,
    Sample,
    guessed_dates,
    preview,
    propose,
    refit,
    take_sample,
    usual_values,
)
from lingzhi.imports.services import file_path


class MappingPage:
    """How a file would be read: the forms, the first rows, or why it cannot be read so.

    Without `data` everything is proposed. With `data` of a form that is only looked at, its
    values begin a new form; `is_final` binds it, so that errors show.
    """

    def __init__(
        self, kind: ImportKind, batch: Batch, data: QueryDict | None, *, is_final: bool = False
    ) -> None:
        self.kind, self.batch = kind, batch
        self.unreadable: Unreadable | None = None
        proposal = self._propose(data)
        self.options = proposal.options
        self.reading = ReadingForm(data, kind=kind, options=self.options)
        self.mapping = self._form(proposal, data if is_final else None)
        self.sample = proposal.sample

    def _propose(self, data: QueryDict | None) -> Proposal:
        detected = self.batch.options
        try:
            path = file_path(self.batch)
            if data is None:
                return propose(self.kind, path, detected, remembered_mapping(self.batch))
            options = {
                **detected,
                **ReadingForm(data, kind=self.kind, options=detected).options(),
            }
            sample = take_sample(path, options)
        except Unreadable as problem:
            self.unreadable = problem
            read = ReadingForm(data, kind=self.kind, options=detected)
            return Proposal({}, {**detected, **(read.options() if data else {})}, Sample([]))
        return self._decided(data, options, sample)

    def _decided(self, data: QueryDict, options: Options, sample: Sample) -> Proposal:
        """What the posted form says, as far as it fits the columns there are now."""
        columns = refit(self.kind, _given(data, "column-"), sample)
        dates = guessed_dates(self.kind, columns, sample) | _given(data, "dates-")
        options |= {"defaults": _given(data, "default-"), "dates": dates}
        if not any(name.startswith("column-") for name in data):  # it could not be read before
            options["defaults"] = usual_values(self.kind, columns)
        options["keep"] = data.getlist("keep")
        bound = MappingForm(
            data, kind=self.kind, sample=sample, columns=columns, options=self._with_words(options)
        )
        bound.is_valid()
        return Proposal(columns, {**options, "words": bound.mapped_words()}, sample)

    def _with_words(self, options: Options) -> Options:
        """Words of earlier files are listed too, although this file may not hold them."""
        remembered = remembered_mapping(self.batch)
        return {**options, "words": remembered.options.get("words", {}) if remembered else {}}

    def _form(self, proposal: Proposal, data: QueryDict | None) -> MappingForm:
        return MappingForm(
            data,
            kind=self.kind,
            sample=proposal.sample,
            columns=proposal.columns,
            options=proposal.options,
        )

    def is_valid(self) -> bool:
        """Whether the import may start as the form stands."""
        return self.unreadable is None and self.reading.is_valid() and self.mapping.is_valid()

    @cached_property
    def preview(self) -> list["PreviewRow"]:
        """The first records as they would be read now."""
        if self.unreadable is not None:
            return []
        if self.mapping.is_bound and self.mapping.is_valid():
            columns, options = self.mapping.mapped_columns(), self.mapping.mapped_options()
        else:
            columns, options = self.mapping.given, self.options
        found = preview(self.kind, self.sample, columns, options)
        return [self._row(one) for one in found]

    def _row(self, found: Previewed) -> "PreviewRow":
        by_field: dict[str, list[str]] = {}
        for problem in found.problems:
            by_field.setdefault(problem.field, []).append(problem.sentence)
        cells = [
            PreviewCell(one, found.cells.get(one.name, ""), by_field.pop(one.name, []))
            for one in self.previewed_fields
        ]
        labels = self.kind.every_field
        rest = [
            f"{labels[name].label}: {text}" if name in labels else text
            for name, texts in by_field.items()
            for text in texts
        ]
        return PreviewRow(found.number, cells if found.cells else [], rest, bool(found.problems))

    @cached_property
    def previewed_fields(self) -> list[Field]:
        """Fields that have a column or a value for all, in their order."""
        named = {*self.mapping.given, *self.options.get("defaults", {})}
        if self.options.get("shape") == "turns":
            named.add("turns")
        return [one for one in self.kind.fields if one.name in named]


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One value as it will be read, masked, and what is wrong with it."""

    field: Field
    text: str
    problems: list[str]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One record of the preview; `problems` are those of fields without a column."""

    number: int
    cells: list[PreviewCell]
    problems: list[str]
    has_problems: bool


def _given(data: QueryDict, prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): str(value)
        for name, value in data.items()
        if name.startswith(prefix) and value
    }
