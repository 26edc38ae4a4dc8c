"""The clocks of a case, and the ledger of each."""

from lingzhi.accounts.rest import Call
from lingzhi.cases.access.cases import case_to_read, clock_to_read
from lingzhi.cases.api.routers import router
from lingzhi.cases.api.shapes import ClockShape, ClockWhole, Facts
from lingzhi.cases.api.writing import clock_of, ledger_shape
from lingzhi.cases.queries.cases import clocks_of
from lingzhi.core.rest.problems import PROBLEMS


@router.get(
    "/cases/{int:pk}/clocks", response={200: list[ClockShape], **PROBLEMS}, url_name="clocks"
)
def clocks(request: Call, pk: int) -> list[Facts]:
    """The clocks of a case, those that still run first."""
    return [clock_of(one) for one in clocks_of(case_to_read(request.user, pk))]


@router.get("/clocks/{int:pk}", response={200: ClockWhole, **PROBLEMS}, url_name="clock")
def clock(request: Call, pk: int) -> Facts:
    """A clock with its ledger, line by line."""
    return ledger_shape(clock_to_read(request.user, pk))
