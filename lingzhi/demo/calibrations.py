"""Two calibrations of the demo centre: one closed, with a decision; one waiting for scores."""

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.core.clock import now, today
from lingzhi.demo.scores import holders
from lingzhi.inspections.models import (
    Calibration,
    CalibrationScore,
    CalibrationTalk,
    Review,
    SheetVersion,
    Task,
)
from lingzhi.inspections.services import (
    calibrating,
    calibration_scoring,
    concluding,
    open_review,
    save_review,
    submit_review,
)
from lingzhi.inspections.services.estimating import estimate_inspectors
from lingzhi.org.models import Unit
from lingzhi_engine.sheet import Item, ItemKind, Need

TALKS = 5
AGAIN = 10
MINUTES = """逐项讨论了分歧项。对“主动告知时限”的理解原先不同：
仅说“尽快”不算告知。已写入评分说明，下一轮复核。"""
GUIDANCE = "须说出具体时限（几点前、几个工作日内）；只说“尽快”不算做到。"

Answers = Mapping[str, Mapping[str, Any]]


def seed_calibrations() -> None:
    """Inspectors and the quality manager score some conversations, mostly alike."""
    version = SheetVersion.objects.filter(sheet__code="call_rating", state="active").first()
    unit = Unit.objects.filter(kind="centre").first()
    lead = next(iter(holders("quality_manager")), None)
    if version is None or unit is None or lead is None or Calibration.objects.exists():
        return
    people = [*holders("inspector")[:3], lead]
    first = _held("一季度校准", version, unit, people, lead)
    concluding.open_discussion(first, by=lead)
    for talk in first.talks.all():
        expert = talk.scores.get(calibrator__is_expert=True)
        concluding.agree_on(talk, expert.answers, {}, by=lead)
    item = next(one for one in version.read().items if one.kind is ItemKind.CHOICE)
    _discuss(first, item, people[0])
    concluding.decide_guidance(first, item.code, GUIDANCE, by=lead)
    concluding.write_minutes(first, MINUTES, by=lead)
    concluding.settle_calibration(first, by=lead)
    concluding.close_calibration(first, by=lead)
    _invited("新规则后的校准", version, unit, people, lead)
    _score_again(holders("inspector")[:2])
    estimate_inspectors()


def _score_again(inspectors: list[User]) -> None:
    """Some conversations get a second score in secret, mostly like the first."""
    chance = random.Random(7)  # noqa: S311 the same demo every time
    first = Review.objects.filter(state=Review.State.RELEASED, inspector__in=inspectors)
    for review in first.select_related("contact", "version__sheet").order_by("id")[:AGAIN]:
        other = next(one for one in inspectors if one.pk != review.inspector_id)
        Task.objects.create(
            contact=review.contact, sheet=review.version.sheet, reason=Task.Reason.SECOND,
            is_repeat=True, inspector=other, created_at=now(), assigned_at=now(),
        )  # fmt: skip
        again = open_review(review.contact, review.version, by=other)
        answers, pins = _like(review, chance)
        save_review(again, answers, pins, seen=0, summary="", by=other)
        submit_review(again, by=other)


def _like(review: Review, chance: random.Random) -> tuple[dict[str, Any], dict[str, list[int]]]:
    answers = {code: dict(given) for code, given in review.answers.items()}
    pins: dict[str, list[int]] = {}
    for pin in review.pins.all():
        pins.setdefault(pin.item, []).append(pin.turn)
    for item in review.version.read().items:
        if item.kind is ItemKind.SCALE and chance.random() < 0.3:
            answers[item.code]["value"] = 3
    return answers, pins


def _invited(
    title: str, version: SheetVersion, unit: Unit, people: list[User], lead: User
) -> Calibration:
    setting = calibrating.Setting(
        title=title, version=version, unit=unit, is_blind=True, rounds=2,
        due_on=today() + timedelta(days=2), people=people, expert=lead,
    )  # fmt: skip
    choice = calibrating.Choice(by_chance=TALKS)
    calibration = calibrating.create_calibration(setting, choice, by=lead)
    calibrating.invite(calibration, by=lead)
    return calibration


def _held(
    title: str, version: SheetVersion, unit: Unit, people: list[User], lead: User
) -> Calibration:
    calibration = _invited(title, version, unit, people, lead)
    chance = random.Random(20261122)  # noqa: S311 the same demo every time
    for talk in calibration.talks.select_related("contact", "calibration__version__sheet"):
        usual = {item.code: _answer(item, chance) for item in version.read().items}
        for number, person in enumerate(people):
            _give(talk, person, usual, chance if number < len(people) - 1 else None)
    return calibration


def _give(talk: CalibrationTalk, person: User, usual: Answers, chance: Any) -> None:
    """The usual answers, with a slip here and there; none where `chance` is None."""
    mine: CalibrationScore = calibration_scoring.open_calibration_score(talk, by=person)
    answers, pins = {}, {}
    for item in talk.calibration.version.read().items:
        slips = chance is not None and chance.random() < 0.12 and item.veto.value != "sheet"
        given = dict(_answer(item, chance) if slips else usual[item.code])
        failed = {one.code for one in item.answers if one.is_failed or one.share < 1}
        if given.get("value") in failed or item.comment is Need.ALWAYS:
            given["comment"] = "见所引话轮。"
            pins[item.code] = [1]
            given |= {"causes": [item.causes[0]]} if item.causes else {}
        if given:
            answers[item.code] = given
    calibration_scoring.save_calibration_score(mine, answers, pins, seen=0, summary="")
    calibration_scoring.submit_calibration_score(mine, by=person)


def _answer(item: Item, chance: random.Random) -> dict[str, Any]:
    if item.kind is ItemKind.SCALE:
        return {"value": chance.choice((3, 4, 5))}
    if item.kind is not ItemKind.CHOICE:
        return {}
    if item.veto.value == "sheet":
        return {"value": item.answers[0].code}
    weights = [6] + [1] * (len(item.answers) - 1)
    return {"value": chance.choices(item.answers, weights)[0].code}


def _discuss(calibration: Calibration, item: Item, person: User) -> None:
    talk = calibration.talks.first()
    if talk is not None:
        concluding.comment_on(talk, item.code, "我听到的是“尽快”，没有具体时间。", by=person)
