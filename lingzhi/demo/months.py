"""Published months and benchmarks: the last month waits to be published."""

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.kpis.models import Fact, Publication
from lingzhi.kpis.queries import headlines
from lingzhi.kpis.queries.publishing import months_over
from lingzhi.kpis.services import publish_month, set_benchmark

MANAGER = "7002"
BENCHMARKS = {"K01": 95.0, "K03": 90.0, "K12": 92.0}
SOURCE = "示例：同行交流会公布的标杆水平"


def seed_months() -> None:
    """The two months before the last one are published; three indicators have a benchmark."""
    manager = User.objects.filter(staff_no=MANAGER).first()
    if manager is None or Publication.objects.exists():
        return
    for month in months_over()[1:3]:
        if Fact.objects.filter(day__year=month.year, day__month=month.month).exists():
            publish_month(month, by=manager)
    for code, definition in headlines(codes=list(BENCHMARKS)).items():
        set_benchmark(
            definition, BENCHMARKS[code], source=SOURCE, from_on=today().replace(month=1, day=1),
            by=manager,
        )  # fmt: skip
