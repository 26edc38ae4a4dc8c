"""Standards that the packs cite, as they cite them; nobody has checked any of them."""

from lingzhi.accounts.models import User
from lingzhi.governance.models import Reference, ReferenceUse
from lingzhi.governance.services.references import contest, keep_reference, keep_use

MANAGER, READER = "7002", "7004"
HANDBOOK = "S25 客户服务中心服务流程与礼仪手册"
# Number, title where it is known, note.
CITED = (
    ("GB/T 22239-2019", "网络安全等级保护基本要求", "引用文本中有三种名称，均非标准原名。"),
    ("GB/T 20988", "灾难恢复规范", "引用处讲的是事件分类分级，应为 GB/T 20986-2023。"),
    ("GB/T 20986-2023", "", "替代 GB/Z 20986-2007；内容为事件分类分级。"),
    ("GB/T 35273-2020", "", ""),
    ("GB/T 20984-2007", "", ""),
    ("GB/T 25058-2010", "", "引用名称待核。"),
    ("GB/T 17858-2013", "", "引用名称与编号待核。"),
    ("ISO/IEC 27001:2013", "", "引用文本中有两种名称。"),
    ("ISO 9001", "", "引用时未注年份。"),
    ("ISO 20000", "", "引用时未注年份。"),
)


def seed_references() -> None:
    """All are cited by the handbook; one is contested, one process is mapped."""
    if Reference.objects.exists():
        return
    manager = User.objects.get(staff_no=MANAGER)
    for number, title, note in CITED:
        row = keep_reference(Reference(number=number, title=title, note=note), by=manager)
        if number != "GB/T 20986-2023":
            keep_use(ReferenceUse(reference=row, kind="cited", where=HANDBOOK), by=manager)
    quality = Reference.objects.get(number="ISO 9001")
    facts = {"kind": "mapped", "where": "9.2", "words": "内部审核：年度方案、检查表、不符合项整改"}
    keep_use(ReferenceUse(reference=quality, **facts), by=manager)
    wrong = Reference.objects.get(number="GB/T 20988")
    contest(wrong, "事件分类分级不是这个标准。", by=User.objects.get(staff_no=READER))
