"""Cases in the background."""

from lingzhi.cases.models import Extension, Remedy
from lingzhi.cases.services.extensions import grant_extension as grant
from lingzhi.cases.services.remedies import agree_remedy as agree
from lingzhi.cases.services.watching import watch_clocks as watch


def watch_clocks() -> None:
    """Warn of time limits that run out, and judge those that ran over."""
    watch()


def grant_extension(extension_id: int, approval_id: int) -> None:
    """What was agreed to: a complaint gets more time."""
    grant(Extension.objects.select_related("complaint__case").get(pk=extension_id), by=None)


def agree_remedy(remedy_id: int, approval_id: int) -> None:
    """All who must have agreed to a remedy: it may be given."""
    agree(Remedy.objects.get(pk=remedy_id))
