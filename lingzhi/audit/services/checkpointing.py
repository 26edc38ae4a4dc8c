"""Putting the state of the chain on record outside the database."""

from pathlib import Path

from lingzhi.audit.checkpoints import ROWS_EACH, paths_in, write_checkpoint
from lingzhi.audit.keys import signing_key
from lingzhi.audit.services.sealing import seal_log
from lingzhi.audit.walking import Step, steps
from lingzhi.core.clock import now


class ChainBroken(RuntimeError):
    """What was sealed is no longer what is there: a signature would vouch for the forgery."""


def make_checkpoints(directory: Path) -> list[Path]:
    """Seal what is not sealed and sign what is new since the last checkpoint in `directory`.

    Raises ChainBroken, and signs nothing from there on, where a row does not match its seal;
    `audit verify` names it.
    """
    seal_log(is_thorough=True)
    files = paths_in(directory)
    made: list[Path] = []
    group: list[Step] = []
    for step in steps(int(files[-1].stem) if files else 0):
        if not step.is_whole:
            raise ChainBroken(f"row {step.entry_id} at place {step.position}")
        group.append(step)
        if len(group) == ROWS_EACH:
            made.append(_write(directory, group))
            group = []
    if group:
        made.append(_write(directory, group))
    return made


def _write(directory: Path, group: list[Step]) -> Path:
    return write_checkpoint(
        directory,
        signing_key(),
        first=group[0].position,
        digests=[step.digest for step in group],
        head=group[-1].hash,
        time=now(),
    )
