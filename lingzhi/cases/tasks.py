"""Cases in the background."""

from lingzhi.accounts.models import User
from lingzhi.cases.models import CaseEvent
from lingzhi.cases.services.linking import pass_on as pass_on_told
from lingzhi.cases.services.watching import watch_clocks as watch


def watch_clocks() -> None:
    """Warn of time limits that run out, and judge those that ran over."""
    watch()


def pass_on(event_id: int, person_id: int) -> None:
    """Tell the customers of all parts of an incident what its own was told."""
    told = CaseEvent.objects.select_related("case").get(pk=event_id)
    pass_on_told(told, by=User.objects.get(pk=person_id))
