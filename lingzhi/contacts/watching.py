"""The watched folder (`RECORDINGS_FOLDER`): recordings that a phone system drops there.

A file `<source>/<number>.wav` belongs to the contact of that number from that source; a stem
`<number>.agent-customer.wav` also tells who speaks on each channel. A file is taken once it has
not grown for a minute, kept with its SHA-256, and moved to `taken/`; one whose contact is not here
yet waits, and what is no sound goes to `refused/`.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.models import Contact
from lingzhi.contacts.readers import unnamed
from lingzhi.contacts.services import add_recording
from lingzhi.contacts.sound import SUFFIXES
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.notifications.services import tell
from lingzhi.org.queries import assignments_on

log = structlog.get_logger("lingzhi.contacts")
SETTLED_SECONDS = 60
TAKEN = "taken"
REFUSED = "refused"
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
    settled = time.time() - SETTLED_SECONDS
    ages = [(_changed(path), path) for path in folder.glob("*/*") if _is_candidate(path)]
    for changed, path in sorted(ages):
        if 0 < changed <= settled:
            yield _named(path)


def _is_candidate(path: Path) -> bool:
    is_put_aside = path.parent.name in {TAKEN, REFUSED}
    return path.suffix.lower() in SUFFIXES and not is_put_aside and not path.is_symlink()


def _changed(path: Path) -> float:
    """When the file last grew; 0 where it has gone meanwhile."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _named(path: Path) -> Dropped:
    stem, _, last = path.stem.rpartition(".")
    roles = last.split("-")
    if stem and set(roles) <= ROLES:
        return Dropped(path, path.parent.name, stem, roles)
    return Dropped(path, path.parent.name, path.stem, [])


def take_recordings(folder: Path) -> tuple[int, int]:
    """Take what fits a contact; the numbers taken and left waiting. Repeating changes nothing.

    A file that cannot be used is moved to `refused/`, and the system administrators are told; one
    that cannot be read or kept now is tried again. Neither holds up the others.
    """
    taken = waiting = 0
    for one in dropped(folder):
        try:
            is_taken = _take(one, folder)
        except BadInput as problem:
            _refuse(one, folder, problem)
        except (DomainError, OSError) as problem:
            log.warning("recording_left", source=one.source, reason=type(problem).__name__)
            waiting += 1
        else:
            taken, waiting = taken + is_taken, waiting + (not is_taken)
    return taken, waiting


def _take(one: Dropped, folder: Path) -> bool:
    """Keep the file, unless an earlier try kept it and only failed to move it; False while its
    contact is not here yet.
    """
    contact = Contact.objects.filter(
        source__code=one.source, external_id=unnamed(one.external_id)
    ).first()
    if contact is None:
        return False
    if not contact.recordings.filter(reference=_reference(one)).exists():
        with one.path.open("rb") as sound:
            add_recording(
                contact, sound, name=_name(one), roles=one.roles, by=None,
                reference=_reference(one),
            )  # fmt: skip
    _move(one, folder / TAKEN)
    return True


def _refuse(one: Dropped, folder: Path, problem: BadInput) -> None:
    """Put a file aside that is no recording, and say so to those who can look after it."""
    log.warning("recording_refused", source=one.source, reason=type(problem).__name__)
    try:
        _move(one, folder / REFUSED)
    except OSError as error:
        log.warning("recording_left", source=one.source, reason=type(error).__name__)
    rows = assignments_on(today()).filter(role="system_admin").select_related("person")
    tell(
        [row.person for row in rows],
        _("Recordings of the watched folder were refused"),
        body=f"{REFUSED}/{one.source}",
        is_todo=True,
        matter=f"contacts.refused_recordings/{one.source}",
    )


def _move(one: Dropped, to: Path) -> None:
    target = to / one.source
    target.mkdir(parents=True, exist_ok=True)
    one.path.rename(target / one.path.name)


def _reference(one: Dropped) -> str:
    return f"{one.source}/{_name(one)}"


def _name(one: Dropped) -> str:
    """The file's name without the phone that may stand in it."""
    return f"{unnamed(one.path.stem)}{one.path.suffix}"
