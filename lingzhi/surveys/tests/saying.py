"""Invitations and answers for tests of results: written as the sending side leaves them."""

from datetime import datetime, timedelta
from typing import Any

from lingzhi.core.clock import now
from lingzhi.surveys.models import (
    Answer,
    Answering,
    Dimension,
    Invitation,
    Mode,
    Questionnaire,
    QuestionnaireVersion,
    Scale,
    SendingRule,
)

SCALES = {
    "csat": ("csat", 1, 5, 4, 2),
    "five": ("scale", 1, 5, 4, 2),
    "nps": ("nps", 0, 10, 9, 6),
    "ces": ("ces", 1, 7, 5, 3),
}


def scale(code: str) -> Scale:
    kind, lowest, highest, good, bad = SCALES[code]
    numbers = {
        "kind": kind, "lowest": lowest, "highest": highest, "satisfied_from": good,
        "dissatisfied_to": bad, "title": {"zh-Hans": code},
    }  # fmt: skip
    return Scale.objects.get_or_create(code=code, defaults=numbers)[0]


def rule(occasion: str = "service", mode: str = Mode.MAIL) -> SendingRule:
    """A rule with its questionnaire and an active version."""
    for code in ("overall", "attitude", "efficiency"):
        Dimension.objects.get_or_create(code=code, defaults={"title": {"zh-Hans": code}})
    form, is_new = Questionnaire.objects.get_or_create(
        code=occasion, defaults={"name": occasion, "occasion": occasion, "created_at": now()}
    )
    if is_new:
        QuestionnaireVersion.objects.create(
            questionnaire=form, number=1, state="active", title={"zh-Hans": occasion},
            sha256="0" * 64, created_at=now(), changed_at=now(), activated_at=now(),
        )  # fmt: skip
    return SendingRule.objects.get_or_create(
        name=f"{occasion} {mode}", questionnaire=form, mode=mode,
        event="complaint_closed" if occasion == "complaint" else "contact_ended",
        defaults={"starts_at": now() - timedelta(days=400)},
    )[0]  # fmt: skip


def due(by: SendingRule, *, unit: Any = None, agent: Any = None, **more: Any) -> Invitation:
    """A service that was due ten days ago; sent by mail and over, unless `more` says otherwise."""
    at: datetime = more.pop("at", now() - timedelta(days=10))
    given = {
        "rule": by, "key": f"test/{Invitation.objects.count()}", "mode": by.mode, "unit": unit,
        "agent": agent, "served_at": at, "due_at": at, "state": "sent",
        "version": by.questionnaire.active, "sent_at": at, "expires_at": at + timedelta(days=7),
    } | more  # fmt: skip
    if given["state"] == "withheld":
        given |= {"sent_at": None, "expires_at": None}
    return Invitation.objects.create(**given)


def say(invitation: Invitation, text: str = "", **marks: int) -> Answering:
    """Answers on CSAT (`overall`), five points (a dimension), `nps` and `ces`; a minute long."""
    began = invitation.served_at + timedelta(hours=1)
    found = Answering.objects.create(
        invitation=invitation, version=invitation.rule.questionnaire.active,
        mode=invitation.mode, unit=invitation.unit, started_at=began,
        finished_at=began + timedelta(minutes=1),
    )  # fmt: skip
    for name, number in marks.items():
        kind = {"overall": "csat", "nps": "nps", "ces": "ces"}.get(name, "five")
        Answer.objects.create(
            answering=found, question=name, kind="scale", scale=scale(kind), number=number,
            dimension="" if kind in ("nps", "ces") else name,
        )  # fmt: skip
    if text:
        Answer.objects.create(answering=found, question="words", kind="text", text=text)
    return found
