"""Conversations of the demo that were watched while they went on."""

from datetime import timedelta

from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import conversations
from lingzhi.demo.scores import holders
from lingzhi.inspections.models import Watch, WatchNote
from lingzhi.inspections.services.watching import note, publish_watch

NOTES = (
    "开场白完整，语速合适。",
    "客户情绪上升，先安抚再说规则。",
    "承诺了时限，需核对。",
)


def seed_watches() -> None:
    """One conversation of each of some agents; the first two are published."""
    inspectors = holders("inspector")
    if not inspectors or Watch.objects.exists():
        return
    rows = conversations(Contact.objects.filter(agent__isnull=False, started_at__isnull=False))
    rows = rows.select_related("agent", "unit", "source").order_by("-started_at")[:60]
    talks = list({one.agent_id: one for one in reversed(rows)}.values())[: len(NOTES) + 1]
    for number, talk in enumerate(talks):
        assert talk.started_at is not None
        person, began = inspectors[number % len(inspectors)], talk.started_at
        watch = Watch.objects.create(
            person=person, source=talk.source, external_id=talk.external_id, agent=talk.agent,
            unit=talk.unit, is_random=number % 2 == 0, from_at=began,
            until_at=began + timedelta(seconds=95 + 40 * number),
        )  # fmt: skip
        if number < len(NOTES):
            made = note(watch, NOTES[number], by=person)
            WatchNote.objects.filter(pk=made.pk).update(at=began + timedelta(seconds=60), turn=6)
        if number < 2:
            publish_watch(watch, by=person)
