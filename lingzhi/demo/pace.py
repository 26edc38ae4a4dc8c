"""When each line is said: pace of speech, pauses, waits; typing in chats; days in letters.

Times are milliseconds from the beginning: of the call when it is answered, of a chat or a letter
when the customer's first words arrive.
"""

import re

from lingzhi.demo.talk import Line, Talk

# What is not said aloud takes no time.
_SILENT = re.compile(r"[\W_]+")
MINUTE = 60_000


def set_times(talk: Talk, pace: int) -> None:
    """Give every line its start and end. `pace`: the agent's characters a minute on the phone."""
    if talk.is_spoken:
        _speak(talk, _pace_today(talk, pace))
    elif talk.channel == "email":
        _correspond(talk)
    else:
        _type(talk)


def _pace_today(talk: Talk, pace: int) -> float:
    if talk.lapses_in("too_fast"):
        return 350 + talk.rng.random() * 50
    if talk.lapses_in("too_slow"):
        return 85 + talk.rng.random() * 20
    return pace * (0.94 + talk.rng.random() * 0.12)


def _speak(talk: Talk, pace: float) -> None:
    draw = talk.rng.random
    customer_pace = 190 + draw() * 70
    clock = int(5_800 + draw() * 7_000 if talk.lapses_in("slow_answer") else 300 + draw() * 3_000)
    odd_one = _silent_place(talk)
    for at, line in enumerate(talk.lines):
        if at:
            clock = max(0, clock + _gap(line, draw(), draw(), is_silence=at == odd_one))
        line.start_ms = clock
        rate = pace if line.role == "agent" else customer_pace
        clock += max(400, int(_letters(line.text) / rate * MINUTE * (0.95 + draw() * 0.1)))
        line.end_ms = clock


def speech_rate(lines: list[Line]) -> float | None:
    """Characters a minute over all lines that have times; None where none has."""
    timed = [
        (line.text, line.end_ms - line.start_ms)
        for line in lines
        if line.start_ms is not None and line.end_ms is not None
    ]
    spoken_ms = sum(length for _, length in timed)
    if not spoken_ms:
        return None
    return sum(_letters(text) for text, _ in timed) / spoken_ms * MINUTE


def _letters(text: str) -> int:
    return len(_SILENT.sub("", text))


def _silent_place(talk: Talk) -> int | None:
    """Which line comes after a long silence that nobody announced."""
    if not talk.lapses_in("long_silence"):
        return None
    places = [
        at
        for at, line in enumerate(talk.lines)
        if at > 2
        and line.role == "agent"
        and not _announces(talk.lines[at - 1])
        and not _announces(talk.lines[at - 2])
    ]
    return places[int(talk.rng.random() * len(places))] if places else None


def _announces(line: Line) -> bool:
    return bool(line.acts & {"hold_request", "hold_blunt", "transfer"})


def _gap(line: Line, first: float, second: float, *, is_silence: bool) -> int:
    """Pause before a line; one in twelve begins before the other has ended."""
    if is_silence:
        return int(21_500 + first * 24_000)
    if line.wait_ms is not None:
        return line.wait_ms
    if first < 0.08:
        return -int(second * 700)
    return int(150 + second**2 * 2_600)


def _type(talk: Talk) -> None:
    """Chats and messages: a line is there when it is sent."""
    draw = talk.rng.random
    clock, is_first = 0, True
    for at, line in enumerate(talk.lines):
        if at:
            after_bot = talk.lines[at - 1].role == "bot"
            clock += _reply(talk, line, draw(), is_first=is_first, after_bot=after_bot)
        is_first = is_first and line.role != "agent"
        line.start_ms = line.end_ms = clock


def _reply(talk: Talk, line: Line, chance: float, *, is_first: bool, after_bot: bool) -> int:
    if line.role == "bot":
        return 800
    if line.role == "customer" and after_bot:
        return int(1_500 + chance * 6_000)
    if line.role == "customer":
        return int(4_000 + chance**2 * 55_000)
    if talk.lapses_in("slow_chat"):
        return int(72_000 + chance * 70_000)
    if is_first:
        slow = talk.lapses_in("slow_answer")
        return int(32_000 + chance * 60_000 if slow else 2_000 + chance * 12_000)
    base = 2_500 if line.wait_ms is None else min(line.wait_ms, 40_000)
    return int(base + len(line.text) * 260 * (0.5 + chance))


def _correspond(talk: Talk) -> None:
    clock = 0
    for at, line in enumerate(talk.lines):
        if at:
            hours = 0.4 + talk.rng.random() ** 2 * (20 if line.role == "agent" else 30)
            clock += int(hours * 60 * MINUTE)
        line.start_ms = line.end_ms = clock
