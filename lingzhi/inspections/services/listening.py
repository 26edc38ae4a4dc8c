"""How much of a recording an inspector played, and how long the score took."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from lingzhi.contacts.models import Contact, Recording
from lingzhi.inspections.models import Review

MOST_SECONDS = 60  # the page tells every few seconds; more than this was no work on it
Stretch = tuple[int, int]


def recording_of(contact: Contact) -> Recording | None:
    """The recording that can be played here, if there is one."""
    return contact.recordings.filter(file__isnull=False).select_related("file").first()


def sound_of(review: Review) -> float | None:
    """The part of the recording that was played; None where there is none, 0 where none was."""
    if review.sound_ratio is not None:
        return review.sound_ratio
    return 0.0 if recording_of(review.contact) else None


@transaction.atomic
def note_work(review: Review, *, seconds: int, heard: Iterable[Stretch], length_ms: int) -> None:
    """Add what the page tells: seconds spent, stretches played, the length it found.

    Stretches (milliseconds) are joined with those of earlier sittings, so that hearing the same
    words twice counts once. Nothing is added to a score that is given.
    """
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.state != Review.State.DRAFT:
        return
    changes: dict[str, Any] = {"seconds": F("seconds") + max(0, min(seconds, MOST_SECONDS))}
    recording = recording_of(locked.contact)
    length = (recording.duration_ms or length_ms) if recording else 0
    if length > 0:
        earlier = [(start, end) for start, end in locked.heard]
        stretches = joined([*earlier, *heard], length)
        played = sum(end - start for start, end in stretches)
        changes |= {"heard": stretches, "sound_ratio": min(1.0, played / length)}
    Review.objects.filter(pk=locked.pk, state=Review.State.DRAFT).update(**changes)


def joined(stretches: Iterable[Stretch], length: int) -> list[Stretch]:
    """The same without overlaps, in order, within 0 and `length`."""
    found: list[Stretch] = []
    for start, end in sorted((max(0, a), min(b, length)) for a, b in stretches):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
