"""The watched folder (`RECORDINGS_FOLDER`): recordings that a phone system drops there.

A file `<source>/<number>.wav` belongs to the contact of that number from that source; a stem
`<number>.agent-customer.wav` also tells who speaks on each channel. A file is taken once it has
not grown for a minute, kept with its SHA-256, and moved to `taken/`; one whose contact is not here
yet waits.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lingzhi.contacts.models import Contact
from lingzhi.contacts.readers import unnamed
from lingzhi.contacts.services import add_recording

SOUND = {".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a"}
SETTLED_SECONDS = 60
TAKEN = "taken"
ROLES = {"agent", "customer", "bot", "system"}


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file in the folder: its source, the number of its contact, and who speaks where."""

    path: Path
    source: str
    external_id: str
    roles: list[str]


def dropped(folder: Path) -> Iterator[Dropped]:
    """The sound files that lie in `folder` and no longer grow, oldest first."""
    paths = [path for path in folder.glob("*/*") if path.suffix.lower() in SOUND]
    for path in sorted(paths, key=lambda one: one.stat().st_mtime):
        if path.parent.name == TAKEN or path.is_symlink():
            continue
        if time.time() - path.stat().st_mtime >= SETTLED_SECONDS:
            yield _named(path)


def _named(path: Path) -> Dropped:
    stem, _, last = path.stem.rpartition(".")
    roles = last.split("-")
    if stem and set(roles) <= ROLES:
        return Dropped(path, path.parent.name, stem, roles)
    return Dropped(path, path.parent.name, path.stem, [])


def take_recordings(folder: Path) -> tuple[int, int]:
    """Take what fits a contact; the numbers taken and left waiting. Repeating changes nothing."""
    taken = waiting = 0
    for one in dropped(folder):
        contact = Contact.objects.filter(
            source__code=one.source, external_id=unnamed(one.external_id)
        ).first()
        if contact is None:
            waiting += 1
            continue
        _take(contact, one, folder)
        taken += 1
    return taken, waiting


def _take(contact: Contact, one: Dropped, folder: Path) -> None:
    """Keep the file unless an earlier try kept it and only failed to move it."""
    if not contact.recordings.filter(reference=_reference(one)).exists():
        with one.path.open("rb") as sound:
            add_recording(
                contact, sound, name=one.path.name, roles=one.roles, by=None,
                reference=_reference(one),
            )  # fmt: skip
    target = folder / TAKEN / one.source
    target.mkdir(parents=True, exist_ok=True)
    one.path.rename(target / one.path.name)


def _reference(one: Dropped) -> str:
    return f"{one.source}/{one.path.name}"
