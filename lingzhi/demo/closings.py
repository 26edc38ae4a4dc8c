"""How conversations end: settled or registered, something sold, goodbye."""

from lingzhi.demo.talk import Talk


def settle(talk: Talk) -> None:
    """Solve it, or register it and say by when and how the customer will hear."""
    solve = talk.scenario.solve
    if solve is not None and talk.chance(talk.scenario.solved):
        talk.agent("guarantee" if talk.lapses_in("guarantee") else solve)
        talk.customer("ok")
        return
    talk.is_solved = False
    calls_back = talk.is_spoken or talk.chance(0.3)
    _register(talk, "callback" if calls_back else "register")
    if talk.lapses_in("call_again"):
        talk.agent("call_again")
        talk.customer("grumble")
    elif calls_back and not talk.lapses_in("no_number"):
        talk.agent("confirm_number_aloud" if talk.lapses_in("reads_out") else "confirm_number")
        talk.customer("number_ok")


def _register(talk: Talk, how: str) -> None:
    limit = _limit(talk)
    if limit == "limit" and talk.chance(0.5):
        talk.agent(how, limit)
        talk.customer("grumble" if talk.has("upset") else "ok")
        return
    talk.agent(how)
    talk.customer("hurry")
    talk.agent(limit)
    talk.customer("ok" if limit == "limit" else "grumble")


def _limit(talk: Talk) -> str:
    if talk.lapses_in("limit_vague"):
        return "limit_vague"
    return "limit_none" if talk.lapses_in("limit_none") else "limit"


def sell(talk: Talk) -> None:
    """Offer something more, and take a no for a no, or not."""
    if not talk.has("sale") or talk.has("upset"):
        return
    talk.agent("sale_offer")
    if talk.chance(0.15):
        talk.customer("sale_maybe")
        return
    talk.customer("refuses_offer")
    if talk.lapses_in("sale_push"):
        talk.agent("sale_push")
        talk.customer("refuses_again")
    talk.agent("sale_ok")


def end(talk: Talk) -> None:
    """Anything else? Please rate us. Goodbye."""
    if not talk.lapses_in("no_more_help"):
        talk.agent("more_help")
        talk.customer("no_more")
    if talk.has("praise"):
        talk.customer("praise")
    say_goodbye(talk)


def say_goodbye(talk: Talk) -> None:
    is_rated = talk.scenario.direction == "in" and not talk.lapses_in("no_survey")
    parts = ["survey"] if is_rated and (talk.is_spoken or talk.chance(0.7)) else []
    parts.append("curt_end" if talk.lapses_in("no_farewell") else "farewell")
    talk.agent(*parts)
    if talk.chance(0.7):
        talk.customer("bye")
