"""Master dictionaries of the demo, and what its quality manager keeps for complaints."""

from lingzhi.accounts.models import User
from lingzhi.cases.models import Authority, Cause, DictionaryEntry, FormTemplate, ReplyTemplate
from lingzhi.cases.services.authorities import keep_authority
from lingzhi.cases.services.causes import keep_cause
from lingzhi.cases.services.dictionaries import EntryGiven, put_entries
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.cases.services.form_templates import supersede_template
from lingzhi.cases.services.replies import keep_reply

MANAGER = "7002"
PRODUCTS = (
    ("KFR-35", "变频空调 KFR-35"), ("KFR-72", "变频空调 KFR-72"), ("SDJ-10", "扫地机 SDJ-10"),
    ("JSQ-5", "净水器 JSQ-5"), ("XYJ-90", "滚筒洗衣机 XYJ-90"),
)  # fmt: skip
PARTS = (
    ("YSJ-35B", "压缩机", "KFR-35"), ("YSJ-72A", "压缩机", "KFR-72"),
    ("DK-35", "主控板", "KFR-35"), ("DC-10", "锂电池组", "SDJ-10"), ("CD-10", "充电座", "SDJ-10"),
    ("LX-5", "复合滤芯", "JSQ-5"), ("PS-90", "排水泵", "XYJ-90"),
)  # fmt: skip
FAULTS = (
    ("E", "空调报警", ""), ("C", "充电与电池", ""),
    ("E1", "压缩机保护", "E"), ("E2", "室内管温传感器故障", "E"), ("E6", "内外机通信故障", "E"),
    ("C1", "无法充电", "C"), ("C2", "电池过热", "C"), ("L1", "漏水", ""), ("N1", "异常噪声", ""),
)  # fmt: skip
AREAS = (
    ("310000", "上海市", ""), ("310104", "徐汇区", "310000"), ("310115", "浦东新区", "310000"),
    ("330100", "杭州市", ""), ("330106", "西湖区", "330100"), ("330110", "余杭区", "330100"),
)  # fmt: skip
REPLIES = (
    ("tell", "已受理", "您反映的“{title}”已登记，编号{number}。我们核实后于{promised}前答复您。"),
    ("tell", "处理完成", "您反映的“{title}”已处理完毕：{result}。如有疑问，请提供编号{number}。"),
    ("note", "电话无人接听", "于[时间]致电客户，无人接听，拟于[时间]再次联系。"),
)  # fmt: skip
ORDERS = tuple((f"D20261102-{number}", "团购订单", "KFR-35") for number in range(115, 121))


def seed_dictionaries() -> None:
    """Products, parts, faults, areas and orders; a cause, a line of the matrix and a version of a
    form of the house."""
    if DictionaryEntry.objects.exists():
        return
    lay_built_ins(by=None)
    manager = User.objects.get(staff_no=MANAGER)
    put_entries(
        [
            *(EntryGiven("product", *one) for one in PRODUCTS),
            *(EntryGiven("part", *one) for one in PARTS),
            *(EntryGiven("fault", *one) for one in FAULTS),
            *(EntryGiven("area", *one) for one in AREAS),
            *(EntryGiven("order", *one) for one in ORDERS),
        ],
        by=manager,
    )
    _settings(manager)
    _replies(manager)


def _settings(manager: User) -> None:
    cause = Cause(code="quality_battery", kind="quality", industry="家电")
    cause.title = {"zh-Hans": "电池衰减或鼓包", "en": "Battery worn or swollen"}
    keep_cause(cause, reason="扫地机投诉增多，单列统计", by=manager)
    line = Authority(grade="major", roles=["supervisor", "leadership"])
    keep_authority(line, reason="重大投诉一律由领导层同意", by=manager)
    old = FormTemplate.objects.get(code="visit_record")
    [section] = old.content["sections"]
    photos = {"code": "photos", "title": {"zh-Hans": "照片编号", "en": "Photos"}}
    content = {**old.content, "sections": [{**section, "fields": [*section["fields"], photos]}]}
    supersede_template(old, content, reason="调查须附照片", by=manager)


def _replies(manager: User) -> None:
    for use, name, text in REPLIES:
        keep_reply(ReplyTemplate(use=use, name=name, text=text), by=manager)
