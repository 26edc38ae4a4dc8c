"""The real live process, killed while people talk: each finding once, none lost."""

import random
import time

import pytest

from lingzhi.contacts.feeding.events import read_events
from lingzhi.contacts.feeding.taking import take_events
from lingzhi.contacts.models import OpenContact, Source
from lingzhi.contacts.services import source_named
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import LiveFinding
from lingzhi.jobs.models import Worker

pytestmark = [pytest.mark.processes, pytest.mark.slow]
LINES = (("customer", "我要退货"), ("agent", "稍等"), ("agent", "这个不归我们管"))
CONVERSATIONS = 24


@pytest.fixture
def house_settings() -> str:
    return "lingzhi.inspections.tests.process_settings"


def tell(source: Source, number: int, upto: int) -> None:
    name = f"c{number}"
    opened = {"type": "opened", "id": name, "channel": "chat"}
    turns = [
        {"type": "turn", "id": name, "seq": at, "role": role, "text": text}
        for at, (role, text) in enumerate(LINES[:upto], start=1)
    ]
    take_events(source, read_events({"events": [opened, *turns]}))


def is_watching() -> bool:
    return Worker.objects.filter(kind=Worker.Kind.LIVE, stopped_at=None).exists()


def test_kills_lose_and_double_nothing(house, until, kill):
    make_rule()
    source = source_named("pbx")
    chance = random.Random(7)
    process = house.start("live")
    until(is_watching)
    for upto in (1, 2, 3):
        for number in range(CONVERSATIONS):
            tell(source, number, upto)
            if number % 12 == 5:
                time.sleep(chance.uniform(0, 0.05))
                kill(process.pid)
                Worker.objects.filter(kind=Worker.Kind.LIVE).delete()
                process = house.start("live")
    until(lambda: LiveFinding.objects.count() >= CONVERSATIONS)
    process.terminate()
    assert process.wait(20) == 0
    found = LiveFinding.objects.values_list("contact__external_id", "turn")
    assert sorted(found) == sorted((f"c{n}", 3) for n in range(CONVERSATIONS))
    assert OpenContact.objects.filter(closed_at=None).count() == CONVERSATIONS
