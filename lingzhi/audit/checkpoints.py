"""Checkpoints: signed files outside the database that say how long the chain was and its head.

A chain alone cannot show that its end was cut off or that all of it was computed anew; a
checkpoint that the database's owner cannot write can. Each also carries the beginnings of its
rows' digests, so that a row that was stamped anew is named, and the hash of the file before it.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from lingzhi.audit.canon import canonical
from lingzhi.core.durable import write_once

FORMAT = "lingzhi-audit-checkpoint/1"
ROWS_EACH = 10_000
DIGEST_BYTES = 8


class BadCheckpoint(ValueError):
    """The file is not what its name says, or its signature is not the installation's."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The chain's first `count` rows ended in `head`; `digests` begin those after `first`."""

    first: int
    count: int
    head: str
    time: str
    previous: str
    digests: tuple[str, ...]


def paths_in(directory: Path) -> list[Path]:
    """Checkpoint files in the order of the chain: their names are row counts."""
    return sorted(directory.glob("[0-9]*.json"))


def write_checkpoint(
    directory: Path,
    key: Ed25519PrivateKey,
    *,
    first: int,
    digests: Sequence[str],
    head: str,
    time: datetime,
) -> Path:
    """Sign what the rows from `first` on look like; a file that exists is never replaced."""
    directory.mkdir(parents=True, exist_ok=True)
    count = first - 1 + len(digests)
    before = paths_in(directory)
    content: dict[str, Any] = {
        "format": FORMAT,
        "first": first,
        "count": count,
        "head": head,
        "time": time.isoformat(),
        "previous": _sha256(before[-1]) if before else "",
        "rows": _pack(digests),
    }
    content["signature"] = base64.b64encode(key.sign(canonical(content))).decode()
    path = directory / f"{count:012}.json"
    write_once(path, json.dumps(content).encode(), 0o444)
    return path


def read_checkpoint(path: Path, key: Ed25519PublicKey) -> Checkpoint:
    """Raises BadCheckpoint for a file that is broken, renamed or signed by somebody else."""
    try:
        content = json.loads(path.read_bytes())
        signature = base64.b64decode(content.pop("signature"))
        key.verify(signature, canonical(content))
        found = Checkpoint(
            first=content["first"],
            count=content["count"],
            head=content["head"],
            time=content["time"],
            previous=content["previous"],
            digests=tuple(_unpack(content["rows"])),
        )
    except (ValueError, KeyError, TypeError, AttributeError, InvalidSignature) as problem:
        raise BadCheckpoint(path.name) from problem
    if found.count != int(path.stem) or len(found.digests) != found.count - found.first + 1:
        raise BadCheckpoint(path.name)
    return found


def follows(path: Path, checkpoint: Checkpoint, before: Path | None, count: int) -> bool:
    """Whether `checkpoint` continues the file `before`, which ended at `count`."""
    return checkpoint.first == count + 1 and checkpoint.previous == (
        _sha256(before) if before else ""
    )


def short(digest: str) -> str:
    """The part of a row's digest that checkpoints carry."""
    return digest[: 2 * DIGEST_BYTES]


def _pack(digests: Sequence[str]) -> str:
    return base64.b64encode(b"".join(bytes.fromhex(short(each)) for each in digests)).decode()


def _unpack(rows: str) -> Iterator[str]:
    packed = base64.b64decode(rows, validate=True)
    for start in range(0, len(packed), DIGEST_BYTES):
        yield packed[start : start + DIGEST_BYTES].hex()


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
