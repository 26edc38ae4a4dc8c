"""How conversations begin."""

from lingzhi.demo.scenarios import Pool
from lingzhi.demo.talk import Talk


def open_call(talk: Talk) -> None:
    """The agent greets, the customer says what it is about."""
    greet_caller(talk)
    _tell(talk)


def greet_caller(talk: Talk) -> None:
    """Greeting, company, staff number and offer of help, less what the agent leaves out."""
    parts = [
        name
        for name in ("greeting", "company", "identity", "offer")
        if not talk.lapses_in(f"no_{name}")
    ]
    words = {name: talk.wording(talk.pool(name)) for name in parts}
    middle = words.get("company", "") + words.get("identity", "")
    if middle and "offer" in words:
        middle += talk.words("at_service" if "greeting" in words else "at_service_plain")
    sentence = (words.get("greeting"), middle, words.get("offer"))
    text = "，".join(part for part in sentence if part) or talk.words("bare_answer")
    talk.agent_words(text + ("？" if "offer" in words else "。"), *parts)


def open_chat(talk: Talk) -> None:
    """The customer writes first, sometimes to the robot."""
    if talk.has("bot_first"):
        talk.bot("bot_welcome")
        talk.customer("customer_hello_bot")
        talk.bot("bot_busy")
    if talk.has("hello_only"):
        talk.customer("customer_knock")
        _greet_in_chat(talk)
        _tell(talk)
    else:
        _tell(talk)
        _greet_in_chat(talk)


def _greet_in_chat(talk: Talk) -> None:
    says = [
        pool
        for pool, lapse in (("chat_greeting", "no_greeting"), ("chat_offer", "no_offer"))
        if not talk.lapses_in(lapse)
    ]
    line = talk.agent(*says or ["chat_bare"])
    line.text = line.text.removeprefix("，")


def _tell(talk: Talk) -> None:
    said: list[Pool | str] = ["customer_hello", talk.scenario.begin]
    if talk.has("repeat_contact"):
        said.append("repeat_contact")
    if talk.has("angry"):
        said.append("angry")
    elif talk.has("upset"):
        said.append("upset")
    talk.customer(*said)


def open_outbound(talk: Talk) -> None:
    """Who are you, who are we, why do we call."""
    if talk.lapses_in("no_greeting"):
        talk.agent("outbound_bare")
    else:
        talk.agent("outbound_greeting")
    talk.customer("yes_its_me")
    who = "outbound_who_bare" if talk.lapses_in("no_identity") else "outbound_who"
    talk.agent(who, talk.scenario.begin)
    if talk.has("angry"):
        talk.customer("angry")
    elif talk.has("upset"):
        talk.customer("upset")
    else:
        talk.customer("go_on")
