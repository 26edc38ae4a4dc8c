"""Questions as they are drawn, and answers as staff read them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lingzhi.core.languages import in_language
from lingzhi.surveys.forms.answering import FIELD
from lingzhi.surveys.models import Answering, Scale
from lingzhi.surveys.queries.questionnaires import scales
from lingzhi_engine.questionnaire import Given, Kind, Question, Questionnaire


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """One answer to choose."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line that is judged: of a matrix each row, else the question itself."""

    field: str
    title: str
    choices: tuple[ShownChoice, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question with what was said so far; `ends` are the words of both ends of its scale."""

    code: str
    kind: str
    title: str
    is_required: bool
    lines: tuple[ShownLine, ...]
    ends: tuple[str, str]
    has_words: bool
    is_marked: bool


def shown_questions(
    questions: Iterable[Question], given: Given, marked: Sequence[str] = ()
) -> list[ShownQuestion]:
    """Questions in the reader's language; `marked` are codes that want an answer."""
    known = scales()
    return [_shown(one, known.get(one.scale), given, one.code in marked) for one in questions]


def _shown(one: Question, scale: Scale | None, given: Given, is_marked: bool) -> ShownQuestion:
    titles = [in_language(row.title) for row in one.rows] or [""]
    lines = [
        _line(one, scale, given, place, title)
        for place, title in zip(one.places, titles, strict=True)
    ]
    labels = [label for _number, label in scale.steps] if scale else [""]
    return ShownQuestion(
        one.code, one.kind, in_language(one.title), one.is_required, tuple(lines),
        (labels[0], labels[-1]), all(labels) and one.kind is Kind.SCALE, is_marked,
    )  # fmt: skip


def _line(one: Question, scale: Scale | None, given: Given, place: str, title: str) -> ShownLine:
    said = given.get(place, ())
    return ShownLine(FIELD + place, title, _choices(one, scale, said), next(iter(said), ""))


def _choices(one: Question, scale: Scale | None, said: Sequence[str]) -> tuple[ShownChoice, ...]:
    if scale is not None:
        steps = [(str(number), label) for number, label in scale.steps]
    else:
        steps = [(option.code, in_language(option.title)) for option in one.options]
    return tuple(ShownChoice(value, label, value in said) for value, label in steps)


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What was asked, about what, and what was said."""

    question: str
    dimension: str
    said: str
    is_low: bool


def shown_answers(answering: Answering, names: dict[str, str]) -> list[ShownAnswer]:
    """Every answer in words; `names` are the dimensions by code."""
    read = answering.version.read()
    known = scales()
    by_code = {one.code: one for one in read.questions}
    found = []
    for row in answering.answers.all():
        one = by_code[row.question]
        titles = {line.code: in_language(line.title) for line in one.rows}
        titles |= {option.code: in_language(option.title) for option in one.options}
        title = in_language(one.title) + (f" · {titles[row.row]}" if row.row else "")
        said = row.text or "、".join(titles[code] for code in row.choices)
        if row.number is not None:
            scale = known[one.scale]
            said = f"{row.number} / {scale.highest} {scale.label_of(row.number)}".strip()
        is_low = one.low_at is not None and row.number is not None and row.number <= one.low_at
        found.append(ShownAnswer(title, names.get(row.dimension, ""), said, is_low))
    return found


def progress_of(read: Questionnaire, given: Given, at: int) -> int:
    """How much of the way is done, in percent."""
    asked = {one.code for one in read.asked(given)}
    numbers = [n for n, page in enumerate(read.pages) if asked & {one.code for one in page}]
    done = sum(number < at for number in numbers)
    return round(100 * done / max(1, len(numbers)))
