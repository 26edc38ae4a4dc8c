"""The keys of an installation: never in the same open file as what they protect."""

import io
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.conf import settings

from lingzhi.core.backup.manifest import UnfitArchive

NONCE_BYTES = 12
KEY_BYTES = 32
ELSEWHERE = {"secret_key": "SECRET_KEY_FILE", "keys/personal-data.json": "KEK_FILE"}


def key_paths() -> dict[str, Path]:
    """Every key file by its name in a backup, wherever the environment says it lies."""
    data_dir = Path(settings.DATA_DIR)
    names = ["secret_key", *(f"keys/{path.name}" for path in (data_dir / "keys").glob("[!.]*"))]
    found = {name: path_of(name) for name in {*names, *ELSEWHERE}}
    return {name: path for name, path in sorted(found.items()) if path.is_file()}


def path_of(name: str) -> Path:
    """Where the key file of this name belongs."""
    elsewhere = os.environ.get(ELSEWHERE.get(name, ""), "")
    return Path(elsewhere) if elsewhere else Path(settings.DATA_DIR) / name


def pack_keys() -> bytes:
    """All key files as one tar."""
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        for name, path in key_paths().items():
            tar.add(path, name)
    return target.getvalue()


def unpack_keys(packed: bytes) -> dict[str, bytes]:
    """Name and content of each key file. Raises UnfitArchive for names that lead elsewhere."""
    found = {}
    try:
        with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
            for member in tar:
                name = Path(member.name)
                file = tar.extractfile(member)
                if file is None or name.is_absolute() or ".." in name.parts:
                    raise UnfitArchive(f"Its keys hold {member.name!r}.")
                found[member.name] = file.read()
    except tarfile.TarError as problem:
        raise UnfitArchive("Its keys cannot be read.") from problem
    return found


def put_keys(keys: Mapping[str, bytes], aside: Path) -> list[str]:
    """Put key files in place; one that differs is kept in `aside`. The names that changed."""
    changed = []
    for name, content in keys.items():
        path = path_of(name)
        if path.exists():
            if path.read_bytes() == content:
                continue
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            path.replace(aside / name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        changed.append(name)
    return changed


def derive(passphrase: bytes, salt: bytes) -> tuple[bytes, bytes]:
    """Two keys from a passphrase: one encrypts the keys, one signs the manifest (scrypt)."""
    both = Scrypt(salt=salt, length=2 * KEY_BYTES, n=2**15, r=8, p=1).derive(passphrase)
    return both[:KEY_BYTES], both[KEY_BYTES:]


def seal_keys(key: bytes) -> bytes:
    """The packed keys, encrypted (AES-256-GCM)."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, pack_keys(), b"lingzhi backup keys")


def open_keys(key: bytes, sealed: bytes) -> dict[str, bytes]:
    """Raises UnfitArchive where the passphrase is another, or the bytes were changed."""
    try:
        packed = AESGCM(key).decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], b"lingzhi backup keys"
        )
    except InvalidTag as problem:
        raise UnfitArchive("The passphrase does not open its keys.") from problem
    return unpack_keys(packed)
