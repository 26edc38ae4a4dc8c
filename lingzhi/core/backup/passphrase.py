"""Reading a passphrase: from a file, for arguments and environments are seen by others."""

from pathlib import Path

from django.core.management import CommandError

SHORTEST = 12


def passphrase_in(path: Path | None) -> bytes | None:
    """The first line of the file; None without a file."""
    if path is None:
        return None
    try:
        passphrase = path.read_bytes().split(b"\n")[0].strip()
    except OSError as problem:
        raise CommandError(f"{path}: {problem.strerror}") from problem
    if len(passphrase) < SHORTEST:
        raise CommandError(f"The passphrase in {path} is shorter than {SHORTEST} characters.")
    return passphrase
