"""Whether files are still those that were read: for what is read once and kept in memory."""

from collections.abc import Iterable
from pathlib import Path

Stamp = tuple[tuple[str, int, int], ...]


def stamp_of(files: Iterable[Path]) -> Stamp:
    """Path, time of change (ns) and size (bytes) of each file, in the order of the paths.

    Another stamp means: a file changed, came or went. A file that goes meanwhile is not in it.
    """
    found = []
    for file in sorted(files):
        try:
            about = file.stat()
        except FileNotFoundError:
            continue
        found.append((str(file), about.st_mtime_ns, about.st_size))
    return tuple(found)
