"""Typical cases on the page and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from docx.document import Document as WordDocument

from lingzhi.core.documents.word import add_page_number, new_document
from lingzhi.core.languages import joined
from lingzhi.inspections.models import Appeal, Review, TypicalCase
from lingzhi.inspections.presenting.examples import speaker
from lingzhi.inspections.wording.dimensions import dimension_in_words


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case with its words in the reader's language."""

    case: TypicalCase
    dimension: str
    turns: tuple[tuple[int, str, str, str], ...]  # number, role, who speaks, what

    @property
    def about(self) -> str:
        """Dimension, item and tags in one line."""
        return " · ".join(one for one in (self.dimension, self.case.item, *self.case.tags) if one)


def shown_case(case: TypicalCase) -> ShownCase:
    """A case as its page and its print show it."""
    dimension = dimension_in_words(case.dimension) if case.dimension else ""
    turns = tuple(
        (one["seq"], one["role"], speaker(one["role"]), one["text"]) for one in case.excerpt
    )
    return ShownCase(case, dimension, turns)


def word_cases(title: str, shown: Sequence[ShownCase], *, author: str) -> WordDocument:
    """Cases as a Word document to train with."""
    document = new_document(title, author=author)
    add_page_number(document)
    document.add_heading(title, level=0)
    for one in shown:
        document.add_heading(one.case.title, level=1)
        document.add_paragraph(f"{one.case.get_kind_display()} · {one.about}")
        document.add_heading(_("Why it is typical"), level=2)
        document.add_paragraph(one.case.why)
        document.add_heading(_("What was said"), level=2)
        for _seq, _role, who, text in one.turns:
            document.add_paragraph().add_run(f"{who}：").bold = True
            document.paragraphs[-1].add_run(text)
    return document


def first_of(review: Review | None, appeal: Appeal | None) -> dict[str, str]:
    """What a form begins with: the appealed or failed item of the score and its evidence."""
    if review is None:
        return {}
    titles = {one.code: one.title for one in review.version.read().items}
    if appeal is not None:
        items = list(appeal.items.all())
        seqs = sorted({turn for one in items for turn in one.turns})
        codes = [one.item for one in items]
    else:
        pins = list(review.pins.all())
        seqs = sorted({one.turn for one in pins})
        codes = list(dict.fromkeys(one.item for one in pins))
    return {
        "item": joined(titles[code] for code in codes if code in titles)[:200],
        "turns": ", ".join(map(str, seqs)),
        "kind": TypicalCase.Kind.GOOD if review.is_excellent else TypicalCase.Kind.BAD,
    }
