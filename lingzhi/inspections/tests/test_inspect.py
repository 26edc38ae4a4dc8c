"""Conversations are judged once by each snapshot, and what is stored is what the engine says."""

import os

import pytest

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.contacts.services import receive_contact, source_named
from lingzhi.inspections import services
from lingzhi.inspections.factories import LENGTH, SHIRKING, make_rule
from lingzhi.inspections.models import Finding, Inspection
from lingzhi.inspections.services.inspecting import inspect_all, store
from lingzhi.inspections.services.judging import (
    KEPT_PLANS,
    PLANS,
    batch_of,
    forget_old_plans,
    judge,
    meta_of,
)
from lingzhi_engine.inspect import compile, parse

pytestmark = pytest.mark.django_db

PUSHED = "客户:我要退款\n客服:抱歉,这个不归我们管"


def everything():
    return services.inspect_all(Contact.objects.all())


def test_a_hit_is_stored_with_its_words():
    version = make_rule()
    contact = make_contact(turns=PUSHED)
    assert everything() == {"conversations": 1, "turns": 2, "hits": 1}
    finding = Finding.objects.get()
    assert (finding.version, finding.verdict, finding.turn) == (version, "hit", 2)
    assert contact.turns.get(seq=2).text[finding.start : finding.end] == "不归我们管"


def test_what_cannot_be_judged_is_stored_with_its_reason():
    make_rule(LENGTH)
    make_contact(turns=PUSHED)
    everything()
    finding = Finding.objects.get()
    assert (finding.verdict, finding.reason, finding.turn) == ("unknown", "no_times", None)
    assert Inspection.objects.get().verdicts == "u"


def test_misses_are_only_letters():
    make_rule()
    make_contact(turns="客服:您好")
    everything()
    assert Inspection.objects.get().verdicts == "m"
    assert not Finding.objects.exists()


def test_a_second_time_changes_nothing():
    make_rule()
    make_contact(turns=PUSHED)
    everything()
    assert everything() == {"conversations": 0, "turns": 0, "hits": 0}
    assert (Inspection.objects.count(), Finding.objects.count()) == (1, 1)


def test_a_judgement_that_another_worker_stored_meanwhile_is_not_doubled():
    make_rule()
    contact = make_contact(turns=PUSHED)
    judgement = judge([contact], services.snapshot_now())
    assert store(judgement)["hits"] == 1
    assert store(judgement) == {"conversations": 0, "turns": 0, "hits": 0}
    assert Finding.objects.count() == 1


def test_without_rules_nothing_counts_as_inspected():
    make_contact()
    assert everything()["conversations"] == 0
    assert not Inspection.objects.exists()


def test_a_changed_rule_judges_anew_and_the_old_judgement_stays():
    first = make_rule()
    make_contact(turns=PUSHED)
    everything()
    second = services.save_draft(first.rule, SHIRKING, by=None)
    services.activate_version(second, by=None)
    everything()
    assert list(Inspection.objects.order_by("id").values_list("is_latest", flat=True)) == [
        False, True,
    ]  # fmt: skip


def test_a_run_that_began_before_the_change_stays_behind_it():
    first = make_rule()
    contact = make_contact(turns=PUSHED)
    before = services.snapshot_now()
    second = services.save_draft(first.rule, SHIRKING, by=None)
    services.activate_version(second, by=None)
    everything()
    services.inspect_contacts([contact], before)
    assert Inspection.objects.get(snapshot=before).is_latest is False


def test_shadow_and_active_judge_side_by_side():
    first = make_rule()
    second = services.save_draft(
        first.rule,
        {**SHIRKING, "conditions": {"pushed": {"op": "text.keyword", "words": ["抱歉"]}},
         "tests": {"hit": [["agent: 抱歉"]], "miss": [["agent: 您好"]]}},
        by=None,
    )  # fmt: skip
    services.shadow_version(second, by=None)
    make_contact(turns="客服:抱歉")
    everything()
    inspection = Inspection.objects.get()
    assert inspection.snapshot.version_ids == [first.pk, second.pk]
    assert inspection.verdicts == "mh"


def test_masked_words_are_judged_as_they_were_said():
    make_rule(
        conditions={"pushed": {"op": "text.regex", "pattern": "1380000\\d{4}"}},
        tests={"hit": [["agent: 13800001234"]], "miss": [["agent: 您好"]]},
    )
    contact = make_contact(turns="客服:您的手机是13800002071对吗")
    everything()
    finding = Finding.objects.get()
    shown = contact.turns.get().text[finding.start : finding.end]
    assert shown == "138****2071"
    assert "13800002071" not in finding.detail


def test_turns_without_times_and_contacts_keeps_pins_are_read():
    batch = batch_of([make_contact("A", turns=PUSHED)])
    assert (len(batch), batch.turn_count) == (1, 2)
    assert batch_of([]).turn_count == 0


def test_facts_that_are_not_known_are_left_out():
    contact = make_contact(ended_by="agent", ringing_at="2026-11-20 10:00:01", meta={"vip": True})
    assert meta_of(contact) == {"vip": True, "ended_by": "agent", "ring_seconds": 4.0}


@pytest.mark.parametrize(
    "condition",
    [
        {"op": "time.hold", "min_ms": 65000, "max_ms": 65000},
        {"op": "time.hold", "measure": "longest", "min_ms": 40000},
        {"op": "time.ringAnswer", "min_ms": 4000, "max_ms": 4000},
        {"op": "time.ringAnswer", "measure": "rings", "min": 3, "max": 3},
        {"op": "time.ringAnswer", "measure": "wait", "min_ms": 9000, "max_ms": 9000},
        {"op": "call.transfer", "min": 2, "max": 2},
        {"op": "call.hangup", "by": "customer"},
        {"op": "audio.quality", "measure": "snr_db", "max": 10},
    ],
)
def test_operators_find_the_facts_of_the_call(condition):
    contact = make_contact(
        turns=PUSHED,
        queued_at="2026-11-20 09:59:56",
        ringing_at="2026-11-20 10:00:01",
        ring_count=3,
        hold_seconds=65,
        transfers=2,
        ended_by="customer",
        meta={"audio_snr_db": 6, "longest_hold_seconds": 40},
    )
    rules = parse([{"id": "a.b", "conditions": {"a": condition}}])
    assert [found.verdict for found in compile(rules).run(batch_of([contact]))] == ["hit"]


def test_a_new_contact_is_inspected_as_it_comes(run_jobs):
    from lingzhi.contacts.delivery import read_delivery

    make_rule()
    delivery = read_delivery({"external_id": "N1", "channel": "phone", "turns": PUSHED})
    receive_contact(source_named("cti"), delivery, by=None)
    run_jobs()
    assert Finding.objects.filter(verdict="hit").count() == 1


def test_only_the_newest_compiled_plans_are_kept(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    folder = tmp_path / PLANS
    folder.mkdir()
    for number in range(KEPT_PLANS + 3):
        (folder / f"{number}.hs").touch()
        os.utime(folder / f"{number}.hs", (number, number))
    forget_old_plans()
    assert {file.name for file in folder.iterdir()} == {
        f"{number}.hs" for number in range(3, KEPT_PLANS + 3)
    }


def test_what_recognition_heard_is_judged(cast):
    angry = {
        "id": "emotion.angry",
        "conditions": {"a": {"op": "voice.emotion", "labels": ["angry"]}},
        "when": "a",
        "tests": {
            "hit": [{"turns": [{"role": "customer", "text": "快点", "emotion": "angry"}]}],
            "miss": [{"turns": [{"role": "customer", "text": "快点", "emotion": "neutral"}]}],
        },
    }
    make_rule(angry)
    said = {"role": "customer", "text": "快点", "start_ms": 0, "end_ms": 900}
    heard = make_contact("H1", turns=[{**said, "emotion": "angry", "energy": -12}])
    unheard = make_contact("H2", turns=[said])
    inspect_all(Contact.objects.all())
    letters = dict(Inspection.objects.values_list("contact", "verdicts"))
    assert letters == {heard.pk: "h", unheard.pk: "u"}
