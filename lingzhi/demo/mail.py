"""E-mail: a letter, an answer, sometimes another round."""

from lingzhi.demo.scenarios import Pool
from lingzhi.demo.slots import pick
from lingzhi.demo.talk import Talk


def exchange(talk: Talk) -> None:
    """The customer's letter and the answer; a third of the customers write again."""
    _letter(talk)
    _answer(talk)
    if talk.chance(0.35):
        question = pick(talk.rng, talk.scenario.asks)
        talk.customer("customer_mail_hello", question.ask)
        talk.agent(*_salutation(talk), question.answer, "mail_close")


def _letter(talk: Talk) -> None:
    said: list[Pool | str] = ["customer_mail_hello", talk.scenario.begin]
    if talk.scenario.verify:
        said.append("gives_order")
    for event in ("repeat_contact", "angry", "regulator", "churn", "legal"):
        if talk.has(event):
            said.append(event)
    if talk.has("upset") and not talk.has("angry"):
        said.append("upset")
    if talk.has("refund"):
        said.append("wants_refund")
    talk.customer(*said)


def _salutation(talk: Talk) -> list[str]:
    return [] if talk.lapses_in("no_greeting") else ["mail_greeting"]


def _answer(talk: Talk) -> None:
    said: list[Pool | str] = [*_salutation(talk)]
    if talk.has("upset") or "dissatisfied" in talk.scenario.begin.acts:
        said.append("ack" if talk.lapses_in("no_apology") else "apology")
    said.append(talk.scenario.explain)
    if talk.has("refund"):
        said += _refund(talk)
    solve = talk.scenario.solve
    if solve is not None and talk.chance(talk.scenario.solved):
        said.append(solve)
    else:
        talk.is_solved = False
        said.append("register")
        said.append("limit" if not talk.lapses_in("limit_vague") else "limit_vague")
    talk.agent(*said, "mail_close")


def _refund(talk: Talk) -> list[str]:
    if talk.lapses_in("partial_refund"):
        return ["refund_way", "stop"]
    return ["refund_condition", "comma", "refund_way", "comma", "refund_arrival", "stop"]
