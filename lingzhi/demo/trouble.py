"""Where it gets hot: upset customers, threats, slips of the agent, handing over."""

from lingzhi.demo.talk import Talk

_THREATS = ("regulator", "legal", "churn", "self_harm")


def calm_down(talk: Talk) -> None:
    """Answer the first words: apology and understanding where the customer is upset."""
    sorry, feels = not talk.lapses_in("no_apology"), not talk.lapses_in("no_empathy")
    if talk.has("angry"):
        talk.agent(_for_the_angry(sorry=sorry, feels=feels))
        talk.customer("answer_upset")
    elif talk.has("upset") or "dissatisfied" in talk.scenario.begin.acts:
        talk.agent("apology" if sorry else "ack")
    elif talk.chance(0.55):
        talk.agent("ack")


def _for_the_angry(*, sorry: bool, feels: bool) -> str:
    if sorry:
        return "apology_empathy" if feels else "apology"
    return "empathy" if feels else "ack"


def slip(talk: Talk) -> None:
    """Things an agent should not say, where they come easily."""
    if talk.is_spoken and talk.lapses_in("hello"):
        talk.agent("hello", wait_ms=3500)
        talk.customer("here_i_am")
    if talk.scenario.asks_secret and (talk.lapses_in("asks_secret") or talk.chance(0.02)):
        talk.agent("asks_secret")
        talk.customer("keeps_secret")
    if talk.lapses_in("private_contact"):
        talk.agent("private_contact")
        talk.customer("ok")


def argue(talk: Talk) -> None:
    """Upset customers do not take the first answer."""
    if not talk.has("upset"):
        return
    talk.customer("objects")
    _answer_objection(talk)
    for threat in _THREATS:
        if talk.has(threat):
            talk.customer(threat)
            _answer_threat(talk)
    if talk.has("wants_supervisor"):
        talk.customer("wants_supervisor")
        refuses = talk.lapses_in("supervisor_no")
        talk.agent("supervisor_no" if refuses else "supervisor_yes")
        talk.customer("grumble" if refuses else "ok")


def _answer_objection(talk: Talk) -> None:
    if talk.lapses_in("impatient"):
        talk.agent("impatient")
        talk.customer("answer_upset")
    if talk.lapses_in("shirking"):
        talk.agent("shirking")
        talk.customer("answer_upset")
    talk.agent("soft_answer")
    if talk.lapses_in("forbidden"):
        talk.customer("answer_upset")
        talk.agent("forbidden")


def _answer_threat(talk: Talk) -> None:
    if talk.lapses_in("compensation"):
        talk.agent("compensation")
    elif talk.lapses_in("guarantee"):
        talk.agent("guarantee")
    else:
        talk.agent("soft_answer")
    if talk.chance(0.4):
        talk.customer("answer_upset")


def hand_over(talk: Talk) -> None:
    """Somebody else must help: say so, say why, and pass it on."""
    if not (talk.is_spoken and talk.has("transfer")):
        return
    talk.transfers = 1
    if talk.lapses_in("transfer_cold"):
        talk.agent("transfer_cold")
    else:
        talk.agent("transfer")
        talk.customer("ok")
    talk.agent("taken_over", wait_ms=9_000)
    talk.customer("ok")
