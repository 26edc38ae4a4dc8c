"""What the nightly checks find in the demo centre, one finding accepted and one being mended."""

from lingzhi.accounts.models import User
from lingzhi.conformity.models import DataFlaw
from lingzhi.conformity.services.quality import count_flaws, decide_flaw
from lingzhi.org.models import Unit

MANAGER = "7002"
State = DataFlaw.State
DECIDED = (
    (State.MENDING, "已请 IT 核对话务系统送来的字段。"),
    (State.ACCEPTED, "历史数据，不再补录。"),
)


def seed_data_flaws() -> None:
    """Checked as every night; the first two that are open are decided about."""
    if DataFlaw.objects.exists():
        return
    count_flaws()
    manager = User.objects.get(staff_no=MANAGER)
    centre = Unit.objects.get(code="centre")
    rows = DataFlaw.objects.filter(state=State.OPEN).order_by("code")[: len(DECIDED)]
    for flaw, (state, reason) in zip(list(rows), DECIDED, strict=False):
        decide_flaw(flaw, state, owner=centre, reason=reason, by=manager)
