"""Everything that writes to the audit log and its chain."""

from lingzhi.audit.services.checkpointing import ChainBroken, make_checkpoints
from lingzhi.audit.services.exporting import record_export
from lingzhi.audit.services.recording import OutsideTransaction, record
from lingzhi.audit.services.sealing import seal_log
from lingzhi.audit.services.verification import verify_log

__all__ = [
    "ChainBroken",
    "OutsideTransaction",
    "make_checkpoints",
    "record",
    "record_export",
    "seal_log",
    "verify_log",
]
