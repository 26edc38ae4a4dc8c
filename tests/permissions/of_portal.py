from typing import Any

from lingzhi.cases.factories import make_case
from lingzhi.conftest import Cast
from lingzhi.contacts.models import SteeringRule
from lingzhi.core.clock import now
from lingzhi.knowledge.factories import make_article
from lingzhi.portal.models import PlainRule, PublishedImprovement, Submission
from lingzhi.portal.queries.codes import digest_of
from lingzhi.portal.tests.opening import open_portal
from lingzhi.rulebook.models import Regulation
from tests.permissions.objects import Route, Whose

CODE = "0" * 20
WRONG = {"code": "1" * 20}


def is_open(cast: Cast, whose: Whose) -> dict[str, Any]:
    open_portal(cast)
    return {}


def answer(cast: Cast, whose: Whose) -> dict[str, Any]:
    open_portal(cast)
    return {"pk": make_article().pk}


def improvement(cast: Cast, whose: Whose) -> dict[str, Any]:
    """One that stands in the portal."""
    open_portal(cast)
    return {"pk": _improvement(cast, published_at=now(), published_by=cast.ada).pk}


def draft(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": _improvement(cast).pk}


def _improvement(cast: Cast, **more: Any) -> PublishedImprovement:
    words = {"en": "?"}
    return PublishedImprovement.objects.create(
        title=words, text=words, written_at=now(), written_by=cast.nora, **more
    )


def rule(cast: Cast, whose: Whose) -> dict[str, Any]:
    regulation = Regulation.objects.create(unit=cast.hotline, pack="s01", created_at=now())
    row = PlainRule.objects.create(regulation=regulation, number="1", words={"en": "?"})
    return {"pk": row.pk}


def sent(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A case of the person that came in through the portal."""
    case = make_case(by=cast.nora, unit=whose.unit, handler=whose.person)
    Submission.objects.create(
        case=case, kind="request", digest=digest_of(CODE), address="", language="en", consent="",
        sent_at=now(), issued_at=now(),
    )  # fmt: skip
    return {"pk": case.pk}


def by_code(cast: Cast, whose: Whose) -> dict[str, Any]:
    open_portal(cast)
    sent(cast, whose)
    return {"code": CODE}


def kind(cast: Cast, whose: Whose) -> dict[str, Any]:
    open_portal(cast)
    return {"kind": "complaint"}


def steered(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A complaint, to whose customers a call back is recommended."""
    SteeringRule.objects.create(sentence={"en": "?"}, in_portal=True)
    return kind(cast, whose)


def read(make: Any = is_open) -> Route:
    return Route(make, missing={} if make is is_open else {"pk": 999_999_999})


ROUTES = {
    **{
        f"portal:{name}": read()
        for name in ("home", "answers", "channels", "rules", "improvements", "theme", "logo",
                     "begin", "find")
    },
    "portal:answer": read(answer),
    "portal:answer_said": Route(answer, method="post"),
    "portal:improvement_said": Route(improvement, method="post"),
    "portal:write": Route(kind, missing={"kind": "other"}),
    "portal:take_way": Route(steered, method="post", missing={"kind": "other"}),
    "portal:follow": Route(by_code, missing=WRONG),
    "portal:follow_write": Route(by_code, method="post", missing=WRONG),
    "portal:follow_answer": Route(by_code, method="post", missing=WRONG),
    "portal:follow_reopen": Route(by_code, method="post", missing=WRONG),
    "portal:inbox": Route(),
    "portal:settings": Route(),
    "portal:desk_improvements": Route(),
    "portal:new_improvement": Route(),
    "portal:edit_improvement": Route(draft),
    "portal:publish_improvement": Route(draft, method="post"),
    "portal:withdraw_improvement": Route(improvement, method="post"),
    "portal:desk_rules": Route(),
    "portal:new_rule": Route(),
    "portal:edit_rule": Route(rule),
    "portal:end_rule": Route(rule, method="post"),
    "portal:issue_code": Route(sent, method="post"),
}  # fmt: skip
