"""A weak link on the way of the demo's customers that is being put right."""

from datetime import timedelta

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.queries.people import heads_of
from lingzhi.improvement.services.records import start_rectification
from lingzhi.org.models import Unit
from lingzhi.org.queries import open_units
from lingzhi.reports.facts import CONTACTS
from lingzhi.reports.models import WeakStep
from lingzhi.reports.origins import WEAK_STEP
from lingzhi.reports.queries.weak_steps import BY_CODE, Asked, places, way
from lingzhi.reports.services import write_stale_facts
from lingzhi.reports.services.weak_steps import take_up_step

MANAGER = "7002"
DAYS = 90
AT_MOST_SECONDS = 20  # the newest days come first; all others are written later
STEP = "connected"
SEEN = "各队列中，排入该队列的来电未接通数最多。"
TITLE = "减少“%s”队列的未接通来电"
PROBLEM = "逐条查看未接通来电，核对相应时段的排班与排队设置。"


def seed_weak_steps() -> None:
    """Of the queue that lost most calls, if any was lost."""
    if WeakStep.objects.exists():
        return
    write_stale_facts(AT_MOST_SECONDS, tables=[CONTACTS])
    manager, step = User.objects.get(staff_no=MANAGER), BY_CODE[STEP]
    asked = Asked(manager, today() - timedelta(days=DAYS - 1), today())
    queues = [one for one in places(asked, step) if one.axis == "queue" and one.value]
    worst = max(queues, key=lambda one: one.compared.now.lost, default=None)
    unit = open_units().filter(kind=Unit.Kind.CENTRE).order_by("path").first()
    if worst is None or unit is None or not worst.compared.now.lost:
        return
    [whole] = [one for one in way(asked) if one.step is step]
    taken = take_up_step(step, asked, unit, whole.compared, worst, words=SEEN, by=manager)
    row = Rectification(
        unit=unit, owner=next(iter(heads_of(unit)), manager), title=TITLE % worst.words,
        problem=PROBLEM,
        due_on=today() + timedelta(days=21),
    )  # fmt: skip
    start_rectification(row, kind=WEAK_STEP.kind, key=taken.pk, words="", by=manager)
