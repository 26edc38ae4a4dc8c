"""Making a backup: database first, then the files it may refer to, the manifest last."""

import hashlib
import io
import os
import tarfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import connection

from lingzhi.core.backup.databases import copy_database
from lingzhi.core.backup.keys import derive, pack_keys, seal_keys
from lingzhi.core.backup.manifest import DATABASES, MANIFEST, SEALED_KEYS, Manifest, Member
from lingzhi.core.clock import now

SALT_BYTES = 16


def make_backup(target: Path, passphrase: bytes | None) -> Manifest:
    """Write the backup to `target`; work goes on meanwhile.

    With a passphrase the keys are inside, encrypted, and the manifest is signed; without one they
    are written to `target` + `.keys`, to be kept at another place. A file that exists is refused.
    """
    keys_apart = Path(f"{target}.keys")
    for path in (target, keys_apart):
        if path.exists():
            raise CommandError(f"{path} exists already.")
    target.parent.mkdir(parents=True, exist_ok=True)
    draft, copy = Path(f"{target}.partial"), Path(f"{target}.database")
    try:
        manifest = _write(draft, copy, passphrase)
        if passphrase is None:
            _write_private(keys_apart, pack_keys())
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)
    return manifest


def _write(draft: Path, copy: Path, passphrase: bytes | None) -> Manifest:
    snapshot = copy_database(copy)
    manifest = Manifest(
        version=settings.VERSION,
        made_at=now().isoformat(),
        database=connection.vendor,
        keys="sealed" if passphrase else "apart",
        migrations=snapshot.migrations,
        rows=snapshot.rows,
    )
    with _private(draft) as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=1) as tar:
            archive = _Archive(tar, manifest)
            archive.add_file(DATABASES[connection.vendor], copy)
            for name, path in _files():
                archive.add_file(name, path)
            if passphrase:
                _seal(archive, passphrase)
            archive.add_bytes(MANIFEST, manifest.as_json(), is_listed=False)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _seal(archive: "_Archive", passphrase: bytes) -> None:
    salt = os.urandom(SALT_BYTES)
    encrypting, signing = derive(passphrase, salt)
    archive.add_bytes(SEALED_KEYS, seal_keys(encrypting))
    archive.manifest.salt = salt.hex()
    archive.manifest.seal_with(signing)


class _Archive:
    """A tar that notes size and SHA-256 of what goes in."""

    def __init__(self, tar: tarfile.TarFile, manifest: Manifest) -> None:
        self.tar, self.manifest = tar, manifest

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            info = self.tar.gettarinfo(arcname=name, fileobj=file)
            info.uid = info.gid = 0
            info.uname = info.gname = ""
            reader = _Hashing(file)
            self.tar.addfile(info, reader)
        self.manifest.members[name] = Member(info.size, reader.digest.hexdigest())

    def add_bytes(self, name: str, content: bytes, *, is_listed: bool = True) -> None:
        info = tarfile.TarInfo(name)
        info.size = len(content)
        info.mtime = datetime.now(UTC).timestamp()
        self.tar.addfile(info, io.BytesIO(content))
        if is_listed:
            digest = hashlib.sha256(content).hexdigest()
            self.manifest.members[name] = Member(len(content), digest)


class _Hashing:
    """A file whose bytes are hashed as they are read: what was hashed is what was packed."""

    def __init__(self, file: io.BufferedReader) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        part = self.file.read(size)
        self.digest.update(part)
        return part


def _files() -> Iterator[tuple[str, Path]]:
    """Uploaded files and checkpoints, by their names in the archive."""
    roots = {"files": Path(settings.MEDIA_ROOT), "checkpoints": settings.DATA_DIR / "checkpoints"}
    for prefix, root in roots.items():
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.is_symlink():
                yield f"{prefix}/{path.relative_to(root).as_posix()}", path


def _private(path: Path) -> io.BufferedWriter:
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")


def _write_private(path: Path, content: bytes) -> None:
    with _private(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
