"""What a seal is computed over: one canonical form of an entry, equal on every database."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

GENESIS = "0" * 64
FIELDS = (
    "id",
    "at",
    "actor_id",
    "actor_label",
    "action",
    "object_type",
    "object_id",
    "object_label",
    "before",
    "after",
    "reason",
    "address",
    "door",
    "request_id",
)


def digest_of(row: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of an entry's `FIELDS` as canonical JSON."""
    return _sha256({field: _plain(row[field]) for field in FIELDS})


def hash_of(position: int, previous: str, digest: str, sealed_at: datetime) -> str:
    """SHA-256 (hex) of a link: its place, the hash before it, its entry's digest, its time."""
    return _sha256([position, previous, digest, _plain(sealed_at)])


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, without blanks, ASCII only."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def _sha256(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def _plain(value: Any) -> Any:
    """Times in UTC to the microsecond; whole floats as integers, as some databases return them."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
