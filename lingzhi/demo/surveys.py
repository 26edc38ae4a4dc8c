"""Surveys of the demo: two questionnaires at work for a month, and honest silence: most people who
are asked do not answer, and who is content answers less often than who is not."""

import random
from datetime import datetime, timedelta

from django.conf import settings

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Chain
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import published
from lingzhi.core.clock import now, today
from lingzhi.org.models import Unit
from lingzhi.surveys.models import (
    Answer,
    Answering,
    Invitation,
    Place,
    Questionnaire,
    QuestionnaireVersion,
    Scale,
    SendingRule,
    SurveyPlan,
)
from lingzhi.surveys.queries.events import is_drawn, key_of_contact
from lingzhi.surveys.services.built_in import lay_survey_built_ins
from lingzhi.surveys.services.places import open_place
from lingzhi.surveys.services.plans import MATTER, request_approval, save_plan
from lingzhi.surveys.services.questionnaires import activate_version
from lingzhi.surveys.services.recovery import recover
from lingzhi.surveys.services.rules import save_rule
from lingzhi.surveys.services.voice import lay_voice_terms

State, Reason = Invitation.State, Invitation.Reason
MANAGER = "7002"
MOST = 700  # conversations that were due to be judged
DAYS = 30
SHARE = 80
CASES = 3  # bad judgements that are being set right; the others were before the demo begins
PRAISE = ("客服很耐心，解释得很清楚", "处理很快，谢谢", "问题当场就解决了", "态度很好")
BLAME = ("等了很久才有人接", "转了三次才说清楚", "说好回电没有回", "问题还没有解决", "语气不耐烦")
WHY_NOT = ((Reason.COOLDOWN, 0.12), (Reason.NO_ADDRESS, 0.06), (Reason.REFUSED, 0.02))


def seed_surveys() -> None:
    """Rules, a month of invitations with their answers, a plan before its approval, a counter."""
    if Questionnaire.objects.exists():
        return
    manager = User.objects.get(staff_no=MANAGER)
    for draft in lay_survey_built_ins(by=manager):
        activate_version(draft, by=manager)
    lay_voice_terms(by=manager)
    service, complaint = (Questionnaire.objects.get(code=one) for one in ("service", "complaint"))
    rule = _rule("每次服务后", "contact_ended", service, "chat", manager)
    calls = _rule("通话后按键评价", "contact_ended", service, "ivr", manager)
    _rule("投诉办结后", "complaint_closed", complaint, "phone", manager)
    _plan(service, manager)
    unit = Unit.objects.filter(kind="outlet").first() or manager.assignments.all()[0].unit
    place = open_place(Place(name="营业厅一号柜台", unit=unit, questionnaire=service), by=manager)
    chance = random.Random(20261123)  # noqa: S311 the same demo every time
    version = service.active
    assert version is not None
    rows = published().filter(turn_count__gt=0, direction="in", ended_at__isnull=False)
    for contact in rows.select_related("channel", "source").order_by("-ended_at")[:MOST]:
        _invite(contact, calls if contact.channel.is_voice else rule, version, chance)
    for number in range(24):
        _at_counter(place, version, number, chance)
    for row in Answering.objects.filter(answers__question="overall", answers__number=1)[:CASES]:
        recover(row)


def _rule(name: str, event: str, asks: Questionnaire, mode: str, by: User) -> SendingRule:
    share = SHARE if event == SendingRule.Event.CONTACT_ENDED else 100
    rule = SendingRule(
        name=name, event=event, questionnaire=asks, mode=mode, share_percent=share, seed=20261101
    )
    return save_rule(rule, by=by)


def _plan(asks: Questionnaire, by: User) -> None:
    Chain.objects.get_or_create(matter=MATTER, defaults={"roles": ["leadership"]})
    plan = SurveyPlan(
        title="第四季度服务质量信息调查", questionnaire=asks, mode="phone", size=120,
        purpose="分阶段了解客户对服务态度、效率和专业性的评价，为改进计划提供依据。",
        starts_on=today() + timedelta(days=7),
    )  # fmt: skip
    request_approval(save_plan(plan, by=by), by=by)


def _invite(
    contact: Contact, rule: SendingRule, version: QuestionnaireVersion, chance: random.Random
) -> None:
    at = contact.ended_at
    assert at is not None  # by the filter
    key = key_of_contact(contact.source.code, contact.external_id)
    reason = _reason(rule, contact, key, chance)
    facts = {} if reason else {"sent_at": at, "expires_at": at + timedelta(days=7)}
    row = Invitation.objects.create(
        rule=rule, key=key, mode=rule.mode, contact=contact, customer_id=contact.customer_id,
        agent_id=contact.agent_id, unit_id=contact.unit_id, served_at=at, due_at=at, reason=reason,
        state=State.WITHHELD if reason else State.SENT, version=None if reason else version,
        **facts,
    )  # fmt: skip
    if reason:
        return
    mood = chance.choices((5, 4, 3, 2, 1), (44, 30, 12, 8, 6))[0]
    answers = {5: 0.2, 4: 0.16, 3: 0.18, 2: 0.36, 1: 0.46}[mood]
    if chance.random() < answers:
        minutes = chance.randrange(1, 600) if rule.mode == "chat" else 1
        began = at + timedelta(minutes=minutes)
        found = Answering.objects.create(
            invitation=row, version=version, mode=row.mode, unit_id=row.unit_id, started_at=began,
            language=settings.LANGUAGE_CODE,
        )  # fmt: skip
        _answer(found, mood, began, chance)


def _reason(rule: SendingRule, contact: Contact, key: str, chance: random.Random) -> str:
    if not is_drawn(rule.seed, rule.share_percent, key):
        return Reason.SHARE
    if rule.mode == "ivr":
        ended = {"agent": Reason.AGENT_HUNG_UP, "customer": Reason.CUSTOMER_LEFT}
        left = chance.random() < (0.25 if contact.ended_by == "customer" else 0.4)
        return ended.get(contact.ended_by, Reason.NONE) if left else Reason.NONE
    drawn = chance.random()
    for reason, share in WHY_NOT:
        if drawn < share:
            return reason
        drawn -= share
    return Reason.NONE


def _at_counter(
    place: Place, version: QuestionnaireVersion, number: int, chance: random.Random
) -> None:
    began = now() - timedelta(days=1 + number % DAYS, minutes=chance.randrange(400))
    found = Answering.objects.create(
        place=place, version=version, mode="qr", unit_id=place.unit_id, started_at=began,
        language=settings.LANGUAGE_CODE,
    )  # fmt: skip
    _answer(found, chance.choice((5, 5, 4, 4, 3, 2)), began, chance)


def _answer(found: Answering, mood: int, began: datetime, chance: random.Random) -> None:
    """What this mood says; some break off, and keys after a call say but one thing."""
    scales = {one.code: one for one in Scale.objects.all()}
    rows = [_judged(found, "overall", "", "overall", scales["csat"], mood)]
    is_whole = found.mode != "ivr" and chance.random() > 0.15
    if is_whole:
        for name in ("attitude", "efficiency", "professionalism", "resolution"):
            number = min(5, max(1, mood + chance.choice((-1, 0, 0, 1))))
            rows.append(_judged(found, "aspects", name, name, scales["five"], number))
        number = min(10, max(0, mood * 2 + chance.choice((-1, 0, 1))))
        rows.append(_judged(found, "recommend", "", "", scales["nps"], number))
        if mood <= 3:
            why = chance.sample(("waiting", "explaining", "unsolved", "manner"), 2)
            rows.append(Answer(answering=found, question="reasons", kind="choices", choices=why))
        if chance.random() < 0.5:
            text = chance.choice(PRAISE if mood > 3 else BLAME)
            rows.append(Answer(answering=found, question="words", kind="text", text=text))
    Answer.objects.bulk_create(rows)
    finished = began + timedelta(seconds=chance.randrange(20, 150))
    if is_whole or found.mode == "ivr":
        Answering.objects.filter(pk=found.pk).update(finished_at=finished)
    if found.invitation_id is not None:
        facts = {"finished_at": finished} if is_whole or found.mode == "ivr" else {}
        rows_of = Invitation.objects.filter(pk=found.invitation_id)
        rows_of.update(opened_at=began, **facts)


def _judged(
    found: Answering, question: str, row: str, dimension: str, scale: Scale, number: int
) -> Answer:
    return Answer(
        answering=found, question=question, row=row, kind="matrix" if row else "scale",
        dimension=dimension, scale=scale, number=number,
    )  # fmt: skip
