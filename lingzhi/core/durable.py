"""Files that are there whole or not at all, whoever else writes and whenever the power fails."""

import os
import uuid
from pathlib import Path


def write_once(path: Path, content: bytes, mode: int) -> bool:
    """Put a whole file in place, durably; False where it exists already.

    Of several processes that try at once one wins, and nobody ever sees half a file.
    """
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    _keep_names(path.parent)
    return True


def _keep_names(folder: Path) -> None:
    """A new name outlasts a power cut once its folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
