"""Compiles patterns for Hyperscan, and keeps what was compiled.

Compiling hundreds of expressions takes seconds, loading them a moment: a folder may be given to
keep databases in. A database is only loaded by the same version on the same kind of machine.
"""

from __future__ import annotations

import hashlib
import os
import platform
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import hyperscan

from .pattern.emit import Scannable

_FLAGS = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE
_DIGEST = 32  # bytes of SHA-256 before the database in its file
_KEPT = 8  # databases kept in memory


def stored(searched: Mapping[int, Scannable], folder: Path | None) -> hyperscan.Database | None:
    """The database of ``searched`` if it was kept in ``folder``, else ``None``."""
    if folder is None:
        return None
    try:
        content = _file(searched, folder).read_bytes()
        digest, made = content[:_DIGEST], content[_DIGEST:]
        if hashlib.sha256(made).digest() != digest:
            return None
        database = hyperscan.loadb(made, hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)  # refuses what another processor needs
    except (OSError, hyperscan.error):
        return None
    return database


def compiled(searched: Mapping[int, Scannable], folder: Path | None) -> hyperscan.Database:
    """The database of ``searched``, kept in ``folder``; ``hyperscan.error`` when it is refused."""
    sources = tuple((number, one.source) for number, one in searched.items())
    database = _compiled(sources)
    if folder is not None and not _file(searched, folder).exists():
        made = hyperscan.dumpb(database)
        _keep(hashlib.sha256(made).digest() + made, _file(searched, folder))
    return database


@lru_cache(maxsize=_KEPT)
def _compiled(sources: tuple[tuple[int, str], ...]) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[source.encode() for _, source in sources],
        ids=[number for number, _ in sources],
        flags=[_FLAGS] * len(sources),
    )
    return database


def _file(searched: Mapping[int, Scannable], folder: Path) -> Path:
    made_for = [version("hyperscan"), platform.machine(), platform.processor(), str(_FLAGS)]
    digest = hashlib.sha256("\n".join(made_for).encode())
    for number, one in searched.items():
        digest.update(f"\n{number} {one.source}".encode())
    return folder / f"{digest.hexdigest()}.hs"


def _keep(content: bytes, file: Path) -> None:
    """Writes the whole file or nothing: two processes may do so at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
    Path(name).replace(file)
