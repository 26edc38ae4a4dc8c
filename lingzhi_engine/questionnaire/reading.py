"""Reading a questionnaire from data, and refusing one that nobody can answer to its end."""

import re
from collections.abc import Iterable, Mapping

from lingzhi_engine.flow.problems import Problem
from lingzhi_engine.flow.reader import Reader
from lingzhi_engine.questionnaire.model import (
    AskIf,
    Kind,
    Option,
    Question,
    Questionnaire,
    Row,
)

CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
FIELDS = (
    "code", "kind", "title", "dimension", "required", "scale", "options", "rows", "ask_if",
    "low_at",
)  # fmt: skip
MOST = 40  # questions that anybody would answer
NEEDS = {
    Kind.SCALE: ("scale",),
    Kind.MATRIX: ("scale", "rows"),
    Kind.CHOICE: ("options",),
    Kind.CHOICES: ("options",),
    Kind.TEXT: (),
}


class InvalidQuestionnaire(ValueError):
    """It cannot be used; `problems` names everything at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


def read_questionnaire(content: object, scales: Mapping[str, range]) -> Questionnaire:
    """The questions that `content` lists, with the numbers of `scales` by code.

    Raises InvalidQuestionnaire with every problem: a code twice, a scale nobody knows, a condition
    on a question that does not come before it or on an answer that it does not take.
    """
    reader = _Reader(scales)
    questions = reader.questions(content)
    if reader.problems:
        raise InvalidQuestionnaire(reader.problems)
    return Questionnaire(questions)


class _Reader(Reader):
    """Notes what is wrong with its place, and reads on."""

    def __init__(self, scales: Mapping[str, range]) -> None:
        super().__init__()
        self._scales = scales

    def questions(self, content: object) -> tuple[Question, ...]:
        rows = self.listed(content, "questions")
        if not rows:
            self.note("missing", "questions")
        if len(rows) > MOST:
            self.note("too_many", "questions", most=str(MOST))
        found: dict[str, Question] = {}
        for row in rows[:MOST]:
            one = self.question(row, found)
            if one.code in found:
                self.note("duplicate_code", f"questions.{one.code}")
            found[one.code] = one
        return tuple(found.values())

    def question(self, row: object, before: Mapping[str, Question]) -> Question:
        data = self.mapping(row, "questions", FIELDS)
        code = self.code(data.get("code"), "questions")
        place = f"questions.{code}"
        kind = self.kind(data.get("kind"), place)
        for name in NEEDS[kind]:
            if not data.get(name):
                self.note("missing", f"{place}.{name}")
        scale = str(data.get("scale") or "") if "scale" in NEEDS[kind] else ""
        if scale and scale not in self._scales:
            self.note("bad_choice", f"{place}.scale", choices=", ".join(self._scales))
        numbers = self._scales.get(scale, range(0))
        return Question(
            code, kind, self.texts(data.get("title"), f"{place}.title"),
            str(data.get("dimension") or ""), data.get("required") is True, scale, numbers,
            tuple(self.options(data.get("options"), f"{place}.options")),
            tuple(self.rows(data.get("rows"), f"{place}.rows")),
            self.ask_if(data.get("ask_if"), place, before),
            self.low_at(data.get("low_at"), place, numbers),
        )  # fmt: skip

    def kind(self, value: object, place: str) -> Kind:
        if value in list(Kind):
            return Kind(str(value))
        self.note("bad_choice", f"{place}.kind", choices=", ".join(Kind))
        return Kind.TEXT

    def options(self, value: object, place: str) -> Iterable[Option]:
        for data, code in self.coded(value, place, ("code", "title")):
            yield Option(code, self.texts(data.get("title"), f"{place}.{code}.title"))

    def rows(self, value: object, place: str) -> Iterable[Row]:
        for data, code in self.coded(value, place, ("code", "title", "dimension")):
            title = self.texts(data.get("title"), f"{place}.{code}.title")
            yield Row(code, title, str(data.get("dimension") or ""))

    def coded(
        self, value: object, place: str, names: Iterable[str]
    ) -> Iterable[tuple[Mapping[str, object], str]]:
        seen: set[str] = set()
        for row in self.listed(value, place):
            data = self.mapping(row, place, names)
            code = self.code(data.get("code"), place)
            if code in seen:
                self.note("duplicate_code", f"{place}.{code}")
            seen.add(code)
            yield data, code

    def ask_if(self, value: object, place: str, before: Mapping[str, Question]) -> AskIf | None:
        if not value:
            return None
        data = self.mapping(value, f"{place}.ask_if", ("question", "in"))
        asked = before.get(str(data.get("question") or ""))
        if asked is None or asked.kind in (Kind.TEXT, Kind.MATRIX):
            closed = (one.code for one in before.values() if one.options or one.numbers)
            self.note("bad_choice", f"{place}.ask_if.question", choices=", ".join(closed))
            return None
        answers = tuple(str(one) for one in self.listed(data.get("in"), f"{place}.ask_if.in"))
        if not answers:
            self.note("missing", f"{place}.ask_if.in")
        if any(one not in asked.values for one in answers):
            self.note("bad_choice", f"{place}.ask_if.in", choices=", ".join(asked.values))
        return AskIf(asked.code, answers)

    def low_at(self, value: object, place: str, numbers: range) -> int | None:
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool) and value in numbers:
            return value
        self.note("bad_choice", f"{place}.low_at", choices=", ".join(map(str, numbers)))
        return None

    def code(self, value: object, place: str) -> str:
        if not value:
            self.note("missing", f"{place}.code")
        elif not CODE.fullmatch(str(value)):
            self.note("bad_code", f"{place}.{value}")
        return str(value or "")
