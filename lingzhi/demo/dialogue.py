"""Write one conversation: which lines, in which order, and what each of them does.

The lapses of the agent leave something out or put something in; what happened is then read off
the lines (`truth`), not off the intentions.
"""

from collections.abc import Callable

from lingzhi.demo import closings, mail, openings, service, trouble
from lingzhi.demo.source import read
from lingzhi.demo.talk import Line, Talk

Phase = Callable[[Talk], None]

_INBOUND: tuple[Phase, ...] = (
    trouble.calm_down,
    service.verify,
    service.look_into,
    service.ask_details,
    trouble.slip,
    service.explain,
    trouble.argue,
    service.refund,
    service.answer_questions,
    trouble.hand_over,
    closings.settle,
    closings.sell,
    closings.end,
)
_OUTBOUND: tuple[Phase, ...] = (
    trouble.calm_down,
    service.ask_details,
    service.explain,
    service.answer_questions,
    closings.settle,
    closings.sell,
    closings.end,
)


def write(talk: Talk) -> None:
    """Fill `talk` with the lines of one conversation about its scenario."""
    if talk.channel == "email":
        mail.exchange(talk)
    elif talk.scenario.direction == "out":
        _run(talk, openings.open_outbound, *_OUTBOUND)
    else:
        first = openings.open_call if talk.is_spoken else openings.open_chat
        _run(talk, first, *_INBOUND)
    finish(talk)


def write_nothing(talk: Talk) -> None:
    """A call without a conversation: silence, or somebody who dialled another number."""
    if talk.chance(0.5):
        openings.greet_caller(talk)
        talk.agent("silent_first", wait_ms=4000)
        talk.agent("silent_last", wait_ms=5000)
    else:
        openings.greet_caller(talk)
        talk.customer("wrong_number")
        talk.agent("wrong_number_answer")
        talk.customer("wrong_number_end")
        closings.say_goodbye(talk)
    talk.is_solved = False
    finish(talk)


def _run(talk: Talk, *phases: Phase) -> None:
    for phase in phases:
        phase(talk)


def finish(talk: Talk) -> None:
    """Habits that run through everything the agent says."""
    spoken_by_agent = [line for line in talk.lines if line.role == "agent"]
    if talk.lapses_in("casual"):
        _drop_honorific(spoken_by_agent)
    if talk.is_spoken and talk.lapses_in("fillers"):
        _sprinkle(talk, spoken_by_agent)


def _drop_honorific(lines: list[Line]) -> None:
    words = read("words")["honorific"]
    for line in lines:
        line.text = line.text.replace(words["polite"], words["plain"])


def _sprinkle(talk: Talk, lines: list[Line]) -> None:
    """Nine fillers or more, where a sentence pauses."""
    pauses = [(line, at) for line in lines for at in _commas(line.text)]
    count = 9 + int(talk.rng.random() * 6)
    if len(pauses) < count:
        return
    for line, at in sorted(talk.rng.sample(pauses, count), key=lambda place: -place[1]):
        line.text = f"{line.text[: at + 1]}{talk.words('fillers')}{line.text[at + 1 :]}"
        line.acts = line.acts | {"filler"}


def _commas(text: str) -> list[int]:
    return [at for at, sign in enumerate(text) if sign == "，"]
