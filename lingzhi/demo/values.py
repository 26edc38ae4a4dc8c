"""What the demo centre cannot count yet: figures by hand, one of them still to be confirmed."""

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.models import ManualValue
from lingzhi.kpis.queries import month_of
from lingzhi.kpis.services import Entered, confirm_value, enter_value
from lingzhi.kpis.services.entering import Way
from lingzhi.org.models import Unit

KEEPER, MANAGER = "7004", "7002"
MONTHS = 3
# numerator and denominator of the newest month, how the numerator moved a month, the evidence
FIGURES = {
    "K23": (8410, 96, 60, "月度业务考试成绩单"),
    "K31": (702, 96, 12, "培训签到表与学时台账"),
    "K34": (7930, 96, 45, "职业素养评议汇总"),
    "K36": (1012, 96, 9, "道德行为积分台账"),
    "K37": (5120, 8460, 130, "自助渠道后台月报"),
    "K38": (212, 15300, -7, "会员系统流失名单"),
}


def seed_values() -> None:
    """Three months each; the newest customer churn waits for a second person."""
    unit = Unit.objects.filter(kind=Unit.Kind.CENTRE).order_by("path").first()
    if unit is None or ManualValue.objects.filter(definition__indicator__code="K23").exists():
        return
    keeper, manager = (User.objects.get(staff_no=number) for number in (KEEPER, MANAGER))
    for code, (above, below, step, evidence) in FIGURES.items():
        month = month_of(today()).previous()
        for ago in range(MONTHS):
            asked = Entered(month.first, month.last, above - ago * step, below, evidence)
            way: Way = (indicators()[code].main.code, {})
            value = enter_value(code, unit, asked, way=way, by=keeper)
            if code != "K38" or ago:
                confirm_value(value, by=manager)
            month = month.previous()
