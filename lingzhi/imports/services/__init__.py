"""Bringing a file in: receive it, decide its mapping, stage every record, publish group by group,
then show it all at once.

Each step is repeatable. After a kill the job starts anew, finds how far staging came and what is
still to be published, and goes on from there. Nothing of an unfinished batch is visible.
"""

from lingzhi.imports.services.at_once import bring_in
from lingzhi.imports.services.clearing import clear_batch, drop_abandoned
from lingzhi.imports.services.deciding import (
    AlreadyDecided,
    NothingToPublish,
    NotStaged,
    NotStopped,
    UnderWay,
    accept_batch,
    drop_batch,
    resume_batch,
    start_batch,
)
from lingzhi.imports.services.publishing import publish_batch
from lingzhi.imports.services.receiving import open_batch, receive_file
from lingzhi.imports.services.staging import file_path, stage_batch
from lingzhi.imports.services.steps import TakenOver

__all__ = [
    "AlreadyDecided",
    "NotStaged",
    "NotStopped",
    "NothingToPublish",
    "TakenOver",
    "UnderWay",
    "accept_batch",
    "bring_in",
    "clear_batch",
    "drop_abandoned",
    "drop_batch",
    "file_path",
    "open_batch",
    "publish_batch",
    "receive_file",
    "resume_batch",
    "stage_batch",
    "start_batch",
]
