"""The key that signs checkpoints: made once, readable by the program only."""

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from lingzhi.core.durable import write_once


class NotAKey(ValueError):
    """The file holds no Ed25519 key."""


def signing_key() -> Ed25519PrivateKey:
    """The installation's key, made at its first use, beside its public half for verifiers."""
    path = settings.DATA_DIR / "keys" / "audit_ed25519.pem"
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise NotAKey(str(path))
    return key


def public_key(path: Path | None = None) -> Ed25519PublicKey:
    """The key in `path`, else the public half of the installation's own."""
    if path is None:
        return signing_key().public_key()
    key = load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise NotAKey(str(path))
    return key


def _make(path: Path) -> None:
    """Write both halves; of two processes that try at once, the first wins."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    if write_once(path, private, 0o600):
        write_once(path.with_suffix(".pub.pem"), public, 0o644)
