"""How much of a recording an inspector played."""

from collections.abc import Iterable

from django.db import transaction

from lingzhi.contacts.models import Contact, Recording
from lingzhi.inspections.models import Review

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
def note_heard(review: Review, *, heard: Iterable[Stretch], length_ms: int) -> None:
    """Add what the page tells: stretches played, and the length it found.

    Stretches (milliseconds) are joined with those of earlier sittings, so that hearing the same
    words twice counts once. Nothing is added to a score that is given.
    """
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.state != Review.State.DRAFT:
        return
    recording = recording_of(locked.contact)
    length = (recording.duration_ms or length_ms) if recording else 0
    if length <= 0:
        return
    stretches = joined([*((start, end) for start, end in locked.heard), *heard], length)
    played = sum(end - start for start, end in stretches)
    Review.objects.filter(pk=locked.pk).update(
        heard=stretches, sound_ratio=min(1.0, played / length)
    )


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
