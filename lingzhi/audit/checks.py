"""I5: the chain is totally ordered and agrees with the checkpoints."""

from collections.abc import Iterator

from django.conf import settings

from lingzhi.audit.keys import public_key
from lingzhi.audit.verifying import checkpoints_seen, verify_chain
from lingzhi.core.verification import Problem


def chain(limit: int = 50) -> Iterator[Problem]:
    """Name rows that were edited, deleted, reordered, cut off or stamped anew."""
    report = verify_chain(
        settings.DATA_DIR / "checkpoints", public_key(), seen_before=checkpoints_seen()
    )
    for problem in report.problems[:limit]:
        place = f"place {problem.position}, row {problem.entry_id}"
        yield Problem(place, f"{problem.kind}: {problem.detail}")
