"""A script that was read: frozen, and such that every conversation comes to its end."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

Texts = Mapping[str, str]
Answers = Mapping[str, str]
END = "end"  # where a jump leads when nothing more is asked


class Kind(StrEnum):
    """What an answer looks like."""

    SCALE = "scale"  # a whole number from `low` to `high`
    CHOICE = "choice"
    TEXT = "text"


class Asks(StrEnum):
    """What an answer is counted as, whatever a centre calls its question."""

    NOTHING = ""
    SATISFACTION = "satisfaction"  # with the solution (对解决结果的满意度)
    SERVICE = "service"  # with the service (服务评分)
    NEEDS = "needs"  # further needs (其他需求)
    WORDS = "words"  # anything the customer wants to say


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose. `title` by language."""

    code: str
    title: Texts


@dataclass(frozen=True, slots=True)
class Jump:
    """After one of these answers the conversation goes on at `to`: a later question, or END."""

    when: tuple[str, ...]
    to: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question, asked in the order of the script unless a jump leads past it."""

    code: str
    kind: Kind
    title: Texts
    asks: Asks = Asks.NOTHING
    is_required: bool = False
    low: int = 1
    high: int = 5
    choices: tuple[Choice, ...] = ()
    jumps: tuple[Jump, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The answers it takes; empty where it takes any words."""
        if self.kind is Kind.SCALE:
            return tuple(str(number) for number in range(self.low, self.high + 1))
        return tuple(one.code for one in self.choices)

    def takes(self, answer: str) -> bool:
        """Whether this is an answer to it."""
        return self.kind is Kind.TEXT or answer in self.values

    def next_after(self, answer: str) -> str:
        """Where the answer leads; empty for the next question."""
        return next((jump.to for jump in self.jumps if answer in jump.when), "")


@dataclass(frozen=True, slots=True)
class Script:
    """What is said and asked. Jumps lead forward only, so it ends."""

    title: Texts
    opening: Texts
    closing: Texts
    questions: tuple[Question, ...]

    def asked(self, answers: Answers) -> list[Question]:
        """The questions of a conversation in which these answers were given."""
        return list(self._walk(answers))

    def _walk(self, answers: Answers) -> Iterator[Question]:
        waits_for = ""
        for one in self.questions:
            if waits_for and one.code != waits_for:
                continue
            waits_for = one.next_after(answers.get(one.code, ""))
            yield one

    def missing(self, answers: Answers) -> list[str]:
        """Codes of questions that were asked, want an answer, and got none."""
        asked = self.asked(answers)
        return [one.code for one in asked if one.is_required and not answers.get(one.code)]

    def wrong(self, answers: Answers) -> list[str]:
        """Codes of questions whose answer is none of theirs."""
        given = ((one, answers.get(one.code, "")) for one in self.questions)
        return [one.code for one, answer in given if answer and not one.takes(answer)]

    def kept(self, answers: Answers) -> dict[str, str]:
        """The answers to questions that were asked; what a jump led past is not kept."""
        return {one.code: answers[one.code] for one in self.asked(answers) if answers.get(one.code)}

    def score(self, answers: Answers, asks: Asks) -> float | None:
        """The answer to the first scale of this meaning, from 0 (worst) to 1; None without one."""
        for one in self.asked(answers):
            answer = answers.get(one.code, "")
            if one.asks is asks and one.kind is Kind.SCALE and one.takes(answer):
                return (int(answer) - one.low) / (one.high - one.low)
        return None

    def words(self, answers: Answers, asks: Asks) -> str:
        """What was said to the questions of this meaning."""
        asked = (one for one in self.asked(answers) if one.asks is asks)
        return " ".join(filter(None, (answers.get(one.code, "") for one in asked)))


def joined(scripts: Iterable[Script]) -> Script:
    """One conversation that asks what all of them ask, each question of a code once.

    A jump to the end of one of them leads on to what the next one asks.
    """
    rows = list(scripts)
    questions: list[Question] = []
    for script in rows:
        known = {one.code for one in questions}
        more = [one for one in script.questions if one.code not in known]
        if more:
            questions = [_leading_on(one, more[0].code) for one in questions]
        questions += more
    first = rows[0]
    return Script(first.title, first.opening, first.closing, tuple(questions))


def _leading_on(question: Question, to: str) -> Question:
    jumps = tuple(Jump(one.when, to if one.to == END else one.to) for one in question.jumps)
    return replace(question, jumps=jumps)
