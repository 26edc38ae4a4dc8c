"""The work itself: who is it, what does the system say, what must be asked and explained."""

from lingzhi.demo.slots import pick
from lingzhi.demo.talk import Talk

# Shorter questions may be asked twice without anybody noticing.
_WORTH_REPEATING = 8


def verify(talk: Talk) -> None:
    """Check who speaks before anything of an order is told."""
    if not talk.scenario.verify or talk.lapses_in("no_verify"):
        return
    if talk.chance(0.7):
        talk.agent("ask_phone")
        if talk.has("bad_phone"):
            talk.customer("gives_bad_phone")
            talk.agent("ask_again")
            talk.customer("tells_again")
        else:
            talk.customer("gives_phone")
    else:
        talk.agent("ask_order")
        talk.customer("gives_order")


def look_into(talk: Talk) -> None:
    """Look the order up, with or without making the customer wait."""
    found = talk.scenario.found
    if found is None:
        return
    if talk.is_spoken and (talk.chance(0.5) or talk.lapses_in("too_long")):
        talk.agent(*_after_wait(talk), found, wait_ms=_hold(talk))
    elif talk.chance(0.5):
        talk.agent("verified", found)
    else:
        talk.agent(found)
    if talk.chance(0.7):
        talk.customer("ok")


def _hold(talk: Talk) -> int:
    """Ask to wait; how long it then takes, in ms."""
    is_blunt = talk.lapses_in("hold_blunt")
    talk.agent("hold_blunt" if is_blunt else "hold_request")
    if talk.chance(0.7):
        talk.customer("wait_ok")
    if talk.lapses_in("too_long"):
        return 820_000 + int(talk.rng.random() * 300_000)
    if is_blunt:
        return 7_000 + int(talk.rng.random() * 9_000)
    return 12_000 + int(talk.rng.random() ** 2 * 75_000)


def _after_wait(talk: Talk) -> list[str]:
    return ["back_bare" if talk.lapses_in("no_thanks") else "thanks_wait"]


def ask_details(talk: Talk) -> None:
    """One to three questions about the matter; some agents ask one of them twice."""
    wanted = 1 + int(talk.rng.random() * min(3, len(talk.scenario.details)))
    questions = talk.rng.sample(talk.scenario.details, min(wanted, len(talk.scenario.details)))
    asked = []
    for question in questions:
        asked.append((talk.agent(question.ask).text, question.answer))
        talk.customer(question.answer)
    text, answer = max(asked, key=lambda one: len(one[0]))
    if talk.lapses_in("repeat_question") and len(text) > _WORTH_REPEATING:
        talk.agent_words(text, "repeat")
        talk.customer("said_before", answer)


def explain(talk: Talk) -> None:
    """What applies in general."""
    talk.agent(talk.scenario.explain)
    talk.customer("grumble" if talk.has("upset") else "ok")
    if talk.chance(0.25):
        talk.agent(talk.scenario.explain)
        talk.customer("ok")


def refund(talk: Talk) -> None:
    """The customer wants the money back: on what condition, in which way, when it arrives."""
    if not talk.has("refund"):
        return
    talk.customer("wants_refund")
    parts = ["refund_condition", "refund_way", "refund_arrival"]
    if talk.lapses_in("partial_refund"):
        talk.agent(pick(talk.rng, parts))
        talk.customer("ok")
    elif talk.chance(0.5):
        talk.agent(parts[0], "comma", parts[1], "comma", parts[2], "stop")
        talk.customer("ok")
    else:
        talk.agent(parts[0], "comma", parts[1], "stop")
        talk.customer("when_money")
        talk.agent(parts[2], "stop")


def answer_questions(talk: Talk) -> None:
    """What else the customer wants to know; here agents may not know, or be rude."""
    wanted = int(talk.rng.random() * 3)
    for question in talk.rng.sample(talk.scenario.asks, min(wanted, len(talk.scenario.asks))):
        talk.customer(question.ask)
        if talk.lapses_in("dont_know") and not _said(talk, "dont_know"):
            talk.agent("dont_know")
            talk.customer("answer_upset")
            talk.agent("soft_answer")
        elif talk.lapses_in("rhetorical") and not _said(talk, "rhetorical"):
            talk.agent("rhetorical", question.answer)
        else:
            talk.agent(question.answer)
    if talk.has("second_question") and wanted < len(talk.scenario.asks):
        left = [one for one in talk.scenario.asks if (one.ask.name, 0) not in talk.used]
        if left:
            talk.customer("again", left[0].ask)
            talk.agent(left[0].answer)


def _said(talk: Talk, act: str) -> bool:
    return any(act in line.acts for line in talk.lines)
