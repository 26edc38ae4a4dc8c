"""Restoring: everything is unpacked and checked beside the data before any of it is touched."""

import gzip
import hashlib
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from lingzhi.core.backup.databases import check_copy, put_database
from lingzhi.core.backup.keys import derive, open_keys, put_keys, unpack_keys
from lingzhi.core.backup.manifest import (
    DATABASES,
    MANIFEST,
    SEALED_KEYS,
    Manifest,
    Member,
    UnfitArchive,
    read_manifest,
)
from lingzhi.core.clock import now

CHUNK = 1024 * 1024
FOLDERS = ("files", "checkpoints")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A checked archive: its manifest, where its members lie, and its keys if we have them."""

    manifest: Manifest
    folder: Path
    keys: dict[str, bytes]


@contextmanager
def unpacked(archive: Path, passphrase: bytes | None, keys_file: Path | None) -> Iterator[Unpacked]:
    """Unpack beside the data and check. Raises UnfitArchive for an archive that is torn, changed,
    foreign, newer than this program, or opened with another passphrase."""
    folder = Path(settings.DATA_DIR) / f".restore-{now():%Y%m%d%H%M%S%f}"
    folder.mkdir(parents=True, mode=0o700)
    try:
        manifest = _unpack(archive, folder)
        _check_origin(manifest)
        keys = _keys(manifest, folder, passphrase, keys_file)
        check_copy(folder / DATABASES[manifest.database])
        yield Unpacked(manifest, folder, keys)
    finally:
        shutil.rmtree(folder)


def put_in_place(found: Unpacked) -> Path:
    """Replace database, files, checkpoints and keys; where the old ones are kept.

    Killed midway it is run again: the archive is still there, and so is everything moved aside.
    """
    aside = Path(settings.DATA_DIR) / f"before-restore-{now():%Y%m%d-%H%M%S}"
    aside.mkdir(mode=0o700)
    put_database(found.folder / DATABASES[found.manifest.database], aside)
    targets = {"files": Path(settings.MEDIA_ROOT), "checkpoints": settings.DATA_DIR / "checkpoints"}
    for name, target in targets.items():
        if target.exists():
            shutil.move(target, aside / name)
        if (found.folder / name).exists():
            shutil.move(found.folder / name, target)
    put_keys(found.keys, aside)
    return aside


def _unpack(archive: Path, folder: Path) -> Manifest:
    """Write every member below `folder`; the manifest must list exactly these."""
    members: dict[str, Member] = {}
    raw = b""
    try:
        with gzip.open(archive) as stream:
            for name, file in _files_in(stream):
                if name == MANIFEST:
                    raw = file.read()
                else:
                    members[name] = _write(file, folder / name)
            while stream.read(CHUNK):  # to the checksum at the very end
                continue
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile) as problem:
        raise UnfitArchive(f"It is torn or no backup: {problem}") from problem
    except OSError as problem:
        raise UnfitArchive(f"It cannot be unpacked: {problem}") from problem
    if not raw:
        raise UnfitArchive("It has no manifest: it was torn while it was written.")
    manifest = read_manifest(raw)
    _compare(manifest.members, members)
    return manifest


def _files_in(stream: gzip.GzipFile) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(fileobj=stream, mode="r:") as tar:
        for info in tar:
            file = tar.extractfile(info) if info.isreg() else None
            if file is None:
                raise UnfitArchive(f"It holds {info.name!r}.")
            yield _safe(info), file


def _safe(info: tarfile.TarInfo) -> str:
    """The name, if it is a place where a backup has files."""
    parts = PurePosixPath(info.name).parts
    is_known = info.name in {*DATABASES.values(), SEALED_KEYS, MANIFEST} or (
        len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts
    )
    if not is_known:
        raise UnfitArchive(f"It holds {info.name!r}.")
    return info.name


def _write(file: IO[bytes], path: Path) -> Member:
    path.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as target:
        while part := file.read(CHUNK):
            digest.update(part)
            size += len(part)
            target.write(part)
    return Member(size, digest.hexdigest())


def _compare(listed: dict[str, Member], found: dict[str, Member]) -> None:
    for name in sorted(listed.keys() ^ found.keys()):
        raise UnfitArchive(f"{name} is {'missing' if name in listed else 'not in its manifest'}.")
    for name, member in listed.items():
        if found[name] != member:
            raise UnfitArchive(f"{name} was changed.")


def _check_origin(manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        raise UnfitArchive(
            f"It is of a {manifest.database} database; this one is {connection.vendor}."
        )
    if DATABASES[manifest.database] not in manifest.members:
        raise UnfitArchive("It holds no database.")
    theirs, ours = _parts(manifest.version), _parts(settings.VERSION)
    unknown = set(manifest.migrations) - set(MigrationLoader(None).disk_migrations)
    if theirs > ours or (theirs == ours and unknown):
        names = ", ".join(f"{app}.{name}" for app, name in sorted(unknown)[:3])
        made_by = f"version {manifest.version}" + (f" with {names}" if names else "")
        raise UnfitArchive(
            f"It was made by a newer program: {made_by}; this is {settings.VERSION}."
        )


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _keys(
    manifest: Manifest, folder: Path, passphrase: bytes | None, keys_file: Path | None
) -> dict[str, bytes]:
    """The keys of the archive; none where they lie apart and their file was not given."""
    if manifest.keys == "apart":
        return unpack_keys(keys_file.read_bytes()) if keys_file else {}
    if passphrase is None:
        raise UnfitArchive("Its keys are sealed: give --passphrase-file.")
    encrypting, signing = derive(passphrase, bytes.fromhex(manifest.salt))
    keys = open_keys(encrypting, (folder / SEALED_KEYS).read_bytes())
    if not manifest.is_sealed_with(signing):
        raise UnfitArchive("Its manifest was changed.")
    return keys
