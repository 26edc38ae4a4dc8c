"""Keeping what a verification found, so that the page can show it."""

from dataclasses import asdict
from pathlib import Path

import structlog
from django.db import transaction

from lingzhi.audit.keys import public_key
from lingzhi.audit.models import Verification
from lingzhi.audit.verifying import checkpoints_seen, verify_chain
from lingzhi.core.clock import now

log = structlog.get_logger("lingzhi.audit")


@transaction.atomic
def verify_log(directory: Path, *, by: str = "") -> Verification:
    """Look over the whole chain, compare it with our own checkpoints, and keep the result.

    Problems are also logged as critical, for whoever watches the log.
    """
    report = verify_chain(directory, public_key(), seen_before=checkpoints_seen())
    if not report.is_sound:
        log.critical("audit.broken", problems=[asdict(each) for each in report.problems[:20]])
    return Verification.objects.create(
        at=now(),
        by=by,
        sealed=report.sealed,
        unsealed=report.unsealed,
        checkpoints=report.checkpoints,
        problems=[asdict(problem) for problem in report.problems],
        seconds=report.seconds,
    )
