"""Receptions of the demo: people at the front desk, and a call that was transferred."""

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case, Reception, ReceptionStep
from lingzhi.cases.services.receptions import Taken, receive, take_step, welcome
from lingzhi.org.models import Unit
from lingzhi.org.queries import team_of

Step = ReceptionStep.Kind
PARCEL = (
    (Step.REGISTERED, "取回送修的扫地机"), (Step.ADVISED, "凭维修单到三号窗口"),
    (Step.MATERIALS, "维修单、质检报告"), (Step.FED_BACK, "已取件"),
)  # fmt: skip
INVOICE = ((Step.REGISTERED, "补开上月发票"), (Step.ADVISED, "可在应用内自助开具"))
ELSEWHERE = (
    (Step.REGISTERED, "寻找物业服务处"), (Step.ADVISED, "不在本中心办理"),
    (Step.OUT_OF_SCOPE, "物业事项不属本中心服务范围"), (Step.REFERRED, "二楼物业服务处"),
)  # fmt: skip
VISITS = (
    ("来访客户（取件）", PARCEL), ("来访客户（咨询发票）", INVOICE),
    ("来访客户（问路）", ELSEWHERE),
)  # fmt: skip
TRANSFER = (
    Taken(Step.READY), Taken(Step.REGISTERED, "支付后订单未生成，要求退款"),
    Taken(Step.TOLD_TO_WAIT, "正在核对流水，请稍候"),
    Taken(Step.EXPLAINED, "需由技术组查询支付记录"), Taken(Step.CONSENT, is_agreed=True),
)  # fmt: skip


def seed_receptions() -> None:
    """Three visits, and one transfer that was confirmed."""
    if Reception.objects.exists():
        return
    agent = User.objects.get(staff_no="8002")
    unit = team_of(agent, agent.hired_on) if agent.hired_on else None
    if unit is None:
        return
    for visitor, steps in VISITS:
        found = welcome(unit, visitor, by=agent)
        for kind, text in steps:
            take_step(found, Taken(kind, text), by=agent)
    case = Case.objects.filter(contact__isnull=False).order_by("pk").first()
    to = Unit.objects.filter(code="aftersales-tech").first()
    if case is None or to is None:
        return
    talk = receive(case.unit, contact=case.contact, case=case, by=case.owner)
    for taken in (*TRANSFER, Taken(Step.RECEIVER, unit=to), Taken(Step.CONFIRMED)):
        take_step(talk, taken, by=case.owner)
