import threading
from datetime import UTC, datetime

import pytest
from django.db import transaction

from lingzhi.audit import tasks
from lingzhi.audit.canon import digest_of, hash_of
from lingzhi.audit.models import Entry, Link
from lingzhi.audit.services import record, seal_log, sealing
from lingzhi.audit.verifying import verify_chain

AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
ROW = {
    "id": 7,
    "at": AT,
    "actor_id": None,
    "actor_label": "system",
    "action": "test.happened",
    "object_type": "org.unit",
    "object_id": "3",
    "object_label": "一组",
    "before": {},
    "after": {"share": 1.0, "names": ["乙", "甲"]},
    "reason": "",
    "address": "",
    "door": "task",
    "request_id": "",
}


def test_every_row_has_its_place_in_order_of_ids(log):
    assert list(Link.objects.values_list("position", "entry_id")) == list(enumerate(log, start=1))


def test_sealing_again_does_nothing(log):
    assert seal_log() == 0
    assert seal_log(is_thorough=True) == 0


def test_it_works_in_groups(log, act, monkeypatch):
    monkeypatch.setattr(sealing, "GROUP", 3)
    for number in range(8):
        act(str(number))
    tasks.seal()
    assert Link.objects.count() == 28


def test_a_row_committed_after_a_later_one_gets_the_next_place(log, act):
    late = act("late")
    early = act("early")
    Entry.objects.filter(pk=late.pk)._raw_delete("default")
    seal_log()
    late._state.adding = True
    late.save()
    seal_log()
    places = dict(Link.objects.values_list("entry_id", "position"))
    assert places[early.pk] == 21
    assert places[late.pk] == 22


def test_a_row_from_long_ago_is_found_by_the_thorough_way(log, act, monkeypatch):
    monkeypatch.setattr(sealing, "LOOK_BACK", 0)
    late = act("late")
    act("early")
    Entry.objects.filter(pk=late.pk)._raw_delete("default")
    seal_log()
    late._state.adding = True
    late.save()
    assert seal_log() == 0
    assert seal_log(is_thorough=True) == 1


def test_the_seal_is_a_fixed_function_of_the_row():
    """Written down, so that a log of today verifies under the program of tomorrow."""
    digest = digest_of(ROW)
    assert digest == "8677eadbb0039d188d5d3f4f064854dce3c9042de512cca02835d6d0e403829c"
    assert (
        hash_of(1, "0" * 64, digest, AT)
        == "9d58fdb0680ca7335ac21aa165d889be3ef06950497146b0c2f81500aeaffd74"
    )


def test_a_whole_number_is_one_whatever_the_database_makes_of_it():
    assert digest_of(ROW) == digest_of({**ROW, "after": {"share": 1, "names": ["乙", "甲"]}})


@pytest.mark.processes
def test_eight_sealers_do_not_fork_the_chain(house, monkeypatch):
    monkeypatch.setattr(sealing, "GROUP", 5)
    with transaction.atomic():
        for number in range(60):
            record(None, "test.happened", Link(position=number, hash=""))

    def work():
        with house.inside():
            seal_log()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    links = list(Link.objects.values_list("position", "entry_id"))
    assert [position for position, _ in links] == list(range(1, 61))
    assert len({entry_id for _, entry_id in links}) == 60
    assert verify_chain(None, None).is_sound
