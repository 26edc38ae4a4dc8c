"""Documents under control of the demo centre: in force, due, being approved, an old version."""

from datetime import timedelta
from io import BytesIO

from lingzhi.accounts.models import User
from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide
from lingzhi.core.clock import now, today
from lingzhi.governance.models import Document, DocumentVersion
from lingzhi.governance.services import documents
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Clause

TOP, MANAGER, SUPERVISOR = "7001", "7002", "7007"
SINCE = timedelta(days=150)  # ago the first versions were agreed to
# number, title, kind, years to keep, clauses, days until it is looked at again (None: a year), text
HELD = (
    ("QM-01", "投诉处理程序", "procedure", 3, ("4.1",), None,
     "一、受理：先安抚，登记要素。\n二、调查：二十四小时内联系客户。\n三、处理：按权限提出方案。\n四、反馈与回访。"),
    ("QM-02", "服务中断应急处理流程", "procedure", 5, ("3.2.3",), 8,
     "紧急：立即报告值班经理。\n一般：三十分钟内定级。\n常规：当班处理并记录。"),
    ("QM-03", "客户服务岗位职责", "policy", 5, ("1.3.2", "3.1"), -12,
     "坐席、班组长、质检员、客服主管的职责、权限和工作标准。"),
    ("QM-04", "来电登记表", "record", 2, (), None, "时间、客户、事由、处理、承诺时限、经办人。"),
)  # fmt: skip
COMING = ("QM-05", "录音调阅审批单", "record", 2, (), None, "申请人、事由、范围、批准人。")


def seed_documents() -> None:
    """Four in force, one of them overdue and one in its second version; one waits for approval."""
    if Document.objects.exists():
        return
    people = User.objects.in_bulk([TOP, MANAGER, SUPERVISOR], field_name="staff_no")
    top, manager, owner = (people[one] for one in (TOP, MANAGER, SUPERVISOR))
    centre = Unit.objects.get(code="centre")
    for told in HELD:
        version = _written(told, centre, owner, manager)
        _agreed(version, manager, top)
        _dated_back(version, told[5])
    first = Document.objects.get(number="QM-01")
    text = HELD[0][6] + "\n五、归档：结案后三日内归档。"
    later = documents.add_version(
        first, BytesIO(text.encode()), name="投诉处理程序.txt", change="补充归档一步",
        from_on=today(), by=manager,
    )  # fmt: skip
    _agreed(later, manager, top)
    coming = _written(COMING, centre, owner, manager)
    documents.request_approval(coming, by=manager)


def _written(
    told: tuple[str, str, str, int, tuple[str, ...], int | None, str], unit: Unit, owner: User,
    by: User,
) -> DocumentVersion:  # fmt: skip
    number, title, kind, years, clauses, _due, text = told
    document = documents.keep_document(
        Document(number=number, title=title, kind=kind, unit=unit, owner=owner, keep_years=years),
        by=by,
    )  # fmt: skip
    for clause in Clause.objects.filter(version__regulation__unit=unit, number__in=clauses):
        documents.link_clause(document, clause, by=by)
    return documents.add_version(
        document, BytesIO(text.encode()), name=f"{title}.txt", change="", from_on=today(), by=by
    )


def _agreed(version: DocumentVersion, by: User, top: User) -> None:
    documents.request_approval(version, by=by)
    approval = Approval.objects.latest("pk")
    decide(approval, is_agreed=True, comment="同意。", by=top)
    documents.put_in_force(version, Approval.objects.get(pk=approval.pk))


def _dated_back(version: DocumentVersion, due: int | None) -> None:
    """As if it had been agreed to in the summer."""
    facts = {"from_on": today() - SINCE, "approved_at": now() - SINCE, "kept_at": now() - SINCE}
    if due is not None:
        facts["review_on"] = today() + timedelta(days=due)
    DocumentVersion.objects.filter(pk=version.pk).update(**facts)
