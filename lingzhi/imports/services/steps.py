"""What staging and publishing have in common: progress, stopping, being the only one."""

from django.utils.translation import gettext_lazy as _

from lingzhi.core.errors import DomainError
from lingzhi.jobs.models import Run
from lingzhi.jobs.services import advance, is_cancelled


class TakenOver(DomainError):
    """Another worker did this group, or the import was dropped: ours is rolled back."""

    message = _("This import was dropped, or somebody else goes on with it.")


def is_stopped(run: Run | None) -> bool:
    """Whether somebody asked the step to stop; what is done so far stays."""
    return run is not None and is_cancelled(run)


def note_progress(run: Run | None, *, done: int = 0, total: int | None = None) -> None:
    """Move the progress bar, in the transaction of the group, while the job is still ours."""
    if run is not None:
        advance(run, done=done, total=total)
