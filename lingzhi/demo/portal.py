"""The demo centre's portal: open, with its name, two improvements and matters that came in."""

from typing import Any

from lingzhi.accounts.models import User
from lingzhi.cases.models import Case
from lingzhi.cases.services.by_customer import take_answer
from lingzhi.cases.services.feedback import (
    Analysis,
    analyse_feedback,
    judge_suggestion,
    plan_feedback,
)
from lingzhi.cases.services.moving import move_case
from lingzhi.cases.services.telling import Told, tell_customer
from lingzhi.cases.services.working import assign_case
from lingzhi.demo.source import read
from lingzhi.org.models import Unit
from lingzhi.portal.models import PlainRule, PortalSettings, PublishedImprovement
from lingzhi.portal.queries.codes import submission_of
from lingzhi.portal.services.publishing import (
    keep_rule,
    publish_improvement,
    set_portal,
    write_improvement,
)
from lingzhi.portal.services.submitting import Sent, submit
from lingzhi.rulebook.models import Regulation

MANAGER, OFFICER = "7002", "7010"
RULES_OF = "s18"


def seed_portal() -> None:
    """Open it; two suggestions were adopted and told back, three matters wait."""
    if PortalSettings.objects.exists():
        return
    found = read("portal")
    manager = User.objects.get(staff_no=MANAGER)
    officer = User.objects.get(staff_no=OFFICER)
    centre = Unit.objects.get(code="centre")
    set_portal({**found["settings"], "unit": centre, "receiver": officer}, None, by=manager)
    for one in found["adopted"]:
        case = _adopted(one, officer)
        row = PublishedImprovement(case=case, **one["better"])
        publish_improvement(write_improvement(row, by=officer), by=manager)
    for one in found["waiting"]:
        _came(**one)
    regulation = Regulation.objects.filter(pack=RULES_OF).first()
    for order, one in enumerate(found["rules"] if regulation else ()):
        keep_rule(PlainRule(regulation=regulation, order=order, **one), by=manager)


def _came(kind: str, title: str, text: str) -> Case:
    sent = Sent(kind=kind, title=title, text=text, consent="同意用于处理本事项")
    found = submission_of(submit(sent, [], nonce=f"demo {title}", address=""))
    assert found is not None
    return found.case


def _adopted(one: dict[str, Any], officer: User) -> Case:
    """A suggestion through its four steps; its customer is content."""
    case = _came("suggestion", one["title"], one["text"])
    assign_case(case, officer, seen=case.revision, by=officer)
    analyse_feedback(case, Analysis("process", one["cause"], one["impact"]), by=officer)
    move_case(case, "analyse", seen=case.revision, by=officer)
    plan_feedback(case, one["plan"], by=officer)
    judge_suggestion(case, is_adopted=True, reason=f"已采纳：{one['plan']}。", by=officer)
    move_case(case, "plan", seen=case.revision, by=officer)
    told = f"感谢您的建议，我们已采纳：{one['plan']}。"
    tell_customer(case, Told(told), seen=case.revision, by=officer)
    take_answer(case, "satisfied")
    case.refresh_from_db()
    move_case(case, "close", seen=case.revision, by=officer)
    return case
