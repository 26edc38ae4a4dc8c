"""Reading a script from data, and refusing one in which an answer leads nowhere."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from lingzhi_engine.flow.problems import Problem
from lingzhi_engine.flow.reader import Reader, said
from lingzhi_engine.script.model import END, Asks, Choice, Jump, Kind, Question, Script

Word = TypeVar("Word", Kind, Asks)
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
SCRIPT_FIELDS = ("title", "opening", "closing", "questions")
QUESTION_FIELDS = (
    "code", "kind", "title", "asks", "required", "low", "high", "choices", "jumps",
)  # fmt: skip
MOST = 60  # questions that anybody would answer on the phone


class InvalidScript(ValueError):
    """The script cannot be used; `problems` names everything at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


def read_script(content: object) -> Script:
    """The script that `content` describes.

    Raises InvalidScript with every problem: a code twice, an answer nobody can give, a jump that
    does not lead to a later question or to `end`.
    """
    reader = _Reader()
    script = reader.script(content)
    if reader.problems:
        raise InvalidScript(reader.problems)
    return script


class _Reader(Reader):
    """Notes what is wrong with its place, and reads on."""

    def script(self, content: object) -> Script:
        data = self.mapping(content, "", SCRIPT_FIELDS)
        rows = self.listed(data.get("questions"), "questions")[:MOST]
        if not rows:
            self.note("missing", "questions")
        codes = [str(row.get("code") or "") if isinstance(row, Mapping) else "" for row in rows]
        questions = []
        for at, row in enumerate(rows):
            if codes[at] and codes[at] in codes[:at]:
                self.note("duplicate_code", f"questions.{codes[at]}")
            questions.append(self.question(row, codes[at + 1 :]))
        return Script(
            self.texts(data.get("title"), "title"), said(data.get("opening")),
            said(data.get("closing")), tuple(questions),
        )  # fmt: skip

    def question(self, row: object, later: list[str]) -> Question:
        data = self.mapping(row, "questions", QUESTION_FIELDS)
        code = self.code(data.get("code"), "questions")
        place = f"questions.{code}"
        kind = self.one_of(Kind, data.get("kind"), f"{place}.kind", Kind.TEXT)
        low, high = self.span(data, place)
        choices = tuple(
            self.choice(one, f"{place}.choices")
            for one in self.listed(data.get("choices"), f"{place}.choices")
        )
        if kind is Kind.CHOICE and not choices:
            self.note("missing", f"{place}.choices")
        if not isinstance(data.get("required", False), bool):
            self.note("not_true_or_false", f"{place}.required")
        asks = self.one_of(Asks, data.get("asks", ""), f"{place}.asks", Asks.NOTHING)
        plain = Question(
            code, kind, self.texts(data.get("title"), f"{place}.title"), asks,
            bool(data.get("required")), low, high, choices,
        )  # fmt: skip
        jumps = tuple(
            self.jump(one, plain, later) for one in self.listed(data.get("jumps"), f"{place}.jumps")
        )
        return replace(plain, jumps=jumps)

    def jump(self, row: object, question: Question, later: list[str]) -> Jump:
        place = f"questions.{question.code}.jumps"
        data = self.mapping(row, place, ("when", "to"))
        when = tuple(str(one) for one in self.listed(data.get("when"), f"{place}.when"))
        if not when:
            self.note("missing", f"{place}.when")
        if any(one not in question.values for one in when):
            self.note("bad_choice", f"{place}.when", choices=", ".join(question.values))
        to = str(data.get("to") or "")
        if to not in (*later, END):
            self.note("bad_choice", f"{place}.to", choices=", ".join((*later, END)))
        return Jump(when, to)

    def choice(self, row: object, place: str) -> Choice:
        data = self.mapping(row, place, ("code", "title"))
        code = self.code(data.get("code"), place)
        return Choice(code, self.texts(data.get("title"), f"{place}.{code}.title"))

    def span(self, data: Mapping[str, object], place: str) -> tuple[int, int]:
        """The lowest and the highest value of a scale, 0 to 10."""
        low, high = data.get("low", 1), data.get("high", 5)
        if isinstance(low, int) and isinstance(high, int) and 0 <= low < high <= 10:
            return low, high
        self.note("bad_choice", f"{place}.high", choices="0 … 10")
        return 1, 5

    def one_of(self, kind: type[Word], value: object, place: str, usual: Word) -> Word:
        if value in list(kind):
            return kind(str(value))
        self.note("bad_choice", place, choices=", ".join(kind))
        return usual

    def code(self, value: object, place: str) -> str:
        if not value:
            self.note("missing", f"{place}.code")
        elif not CODE.fullmatch(str(value)) or value == END:
            self.note("bad_code", f"{place}.{value}")
        return str(value or "")
