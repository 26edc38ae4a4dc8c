"""Personal data at rest: sealed with AES-256-GCM, found again through a keyed blind index.

A sealed text is bound to its place (`table|column|row`): moved to another row it no longer opens.
Keys stand in one file (`KEK_FILE`), each with an id, so that new texts use the newest key while
old ones still open. Blind indexes use their own key per purpose: equal texts are found, and
without the key the index of a phone number cannot be enumerated.
"""

import base64
import hashlib
import hmac
import json
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from django.conf import settings

from config.env import secret_file

NONCE_BYTES = 12


class CannotOpen(ValueError):
    """The sealed text was changed, moved from its place, or its key is gone."""


def _new_keyring() -> str:
    key = base64.b64encode(AESGCM.generate_key(256)).decode()
    return json.dumps({"newest": "k1", "keys": {"k1": key}})


@lru_cache
def _keyring() -> tuple[str, dict[str, bytes]]:
    text = secret_file("KEK_FILE", settings.DATA_DIR / "keys" / "personal-data.json", _new_keyring)
    ring = json.loads(text)
    return ring["newest"], {name: base64.b64decode(key) for name, key in ring["keys"].items()}


def seal(text: str, place: str) -> str:
    """`text` encrypted for `place` (`table|column|row`), as `key id:base64`."""
    newest, keys = _keyring()
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(keys[newest]).encrypt(nonce, text.encode(), place.encode())
    return f"{newest}:{base64.b64encode(sealed).decode()}"


def unseal(sealed: str, place: str) -> str:
    """The text that was sealed for this very place. Raises CannotOpen otherwise."""
    name, _, body = sealed.partition(":")
    key = _keyring()[1].get(name)
    if key is None:
        raise CannotOpen(f"key {name} is not in the key file")
    raw = base64.b64decode(body)
    try:
        return AESGCM(key).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], place.encode()).decode()
    except InvalidTag as problem:
        raise CannotOpen(place) from problem


def blind(text: str, purpose: str) -> str:
    """A keyed digest of `text` for equality search; differs from purpose to purpose.

    The key derives from the oldest key, so that adding a key keeps old indexes valid.
    """
    return hmac.new(_blind_key(purpose), text.encode(), hashlib.sha256).hexdigest()


@lru_cache
def _blind_key(purpose: str) -> bytes:
    oldest = next(iter(_keyring()[1].values()))
    return HKDFExpand(SHA256(), 32, f"blind|{purpose}".encode()).derive(oldest)
