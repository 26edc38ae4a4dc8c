from collections.abc import Callable
from typing import Any

from lingzhi.accounts.models import User
from lingzhi.conftest import Cast
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import BackTest, InspectionRun, RuleVersion, SheetVersion
from lingzhi.inspections.queries.sheets import example_sheet
from lingzhi.inspections.services import (
    activate_sheet,
    create_sheet,
    flag_finding,
    inspect_all,
    open_review,
    release_review,
    save_review,
    start_back_test,
    start_inspection,
    submit_review,
)
from lingzhi.jobs.models import Run
from tests.permissions.objects import Route, Whose
from tests.permissions.of_contacts import contact, open_contact

NO_VERSION = {"pk": 999_999_999, "number": 1}


def sheet(state: str, *more: str) -> Callable[[Cast, Whose], dict[str, Any]]:
    """A score sheet in `state`; `more` are the names of further parts of the address."""
    known = {"number": 1, "code": "attitude", "section": "attitude", "item": "greeting"}

    def make(cast: Cast, whose: Whose) -> dict[str, Any]:
        made = create_sheet("call", example_sheet("call_rating") or {}, by=cast.quan)
        if state == "active":
            activate_sheet(made, by=cast.quan)
        return {"pk": made.sheet_id, **{name: known[name] for name in more}}

    return make


def plain_sheet(cast: Cast) -> SheetVersion:
    """A sheet of one item, in use; made when first somebody asks."""
    found = SheetVersion.objects.filter(sheet__code="one_item").select_related("sheet").first()
    if found is None:
        found = create_sheet("one_item", PLAIN_SHEET, by=cast.quan)
        activate_sheet(found, by=cast.quan)
        found.refresh_from_db()
    return found


def review(state: str) -> Callable[[Cast, Whose], dict[str, Any]]:
    """A score about the person's conversation, given by somebody else, in `state`."""

    def make(cast: Cast, whose: Whose) -> dict[str, Any]:
        version = plain_sheet(cast)
        talk = Contact.objects.get(pk=contact(cast, whose)["pk"])
        other, _new = User.objects.get_or_create(staff_no="7001", defaults={"name": "Other"})
        made = open_review(talk, version, reason="only one", by=other)
        if state != "draft":
            answers = {"greet": {"value": "a1"}}
            save_review(made, answers, {}, seen=0, summary="", by=other)
            submit_review(made, by=other)
        if state == "released":
            release_review(made, by=cast.quan)
        return {"pk": made.pk}

    return make


PLAIN_SHEET = {
    "title": "通话",
    "sections": [
        {
            "code": "s",
            "title": "服务",
            "items": [
                {
                    "code": "greet",
                    "title": "问候",
                    "points": 100,
                    "answers": [
                        {"code": "a1", "title": "是", "share": 1},
                        {"code": "a2", "title": "否"},
                    ],
                }
            ],
        }
    ],
}


def part(*more: str, method: str = "get") -> Route:
    """A page or an act about a part of a draft."""
    nothing = {"pk": 999_999_999} | dict.fromkeys(more, "nothing")
    return Route(sheet("draft", *more), method=method, missing=nothing)


def rule(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"pk": make_rule().rule_id}


def version(state: str) -> Callable[[Cast, Whose], dict[str, Any]]:
    def make(cast: Cast, whose: Whose) -> dict[str, Any]:
        made = make_rule(state=state)
        return {"pk": made.rule_id, "number": made.number}

    return make


def explained(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {"contact": contact(cast, whose)["pk"], "version": make_rule().pk}


def run(cast: Cast, whose: Whose) -> dict[str, Any]:
    make_rule()
    make_contact("seen-by-quan", agent=cast.bo.staff_no)
    started: InspectionRun = start_inspection(Filters(), label="Look", by=cast.quan)
    InspectionRun.objects.filter(pk=started.pk).update(started_by=whose.person)
    Run.objects.filter(pk=started.run_id).update(started_by_id=whose.person.pk)
    return {"pk": started.pk}


def back_test(cast: Cast, whose: Whose) -> dict[str, Any]:
    """One of the person's, over the unit that person works in."""
    made = make_rule(state="draft")
    make_contact("seen-by-quan", agent=cast.bo.staff_no)
    started = start_back_test([(None, made)], Filters(), label="Look", by=cast.quan)
    BackTest.objects.filter(pk=started.pk).update(started_by=whose.person, paths=[whose.unit.path])
    Run.objects.filter(pk=started.run_id).update(started_by_id=whose.person.pk)
    return {"pk": started.pk}


def hit(cast: Cast, whose: Whose) -> dict[str, Any]:
    """A conversation of the person in which the rule hit."""
    made = make_rule()
    pk = contact(cast, whose)["pk"]
    Contact.objects.get(pk=pk).turns.filter(role="agent").update(text="不归我们管", sealed="")
    inspect_all(Contact.objects.all())
    return {"contact": pk, "version": made.pk}


def flagged(cast: Cast, whose: Whose) -> dict[str, Any]:
    given = hit(cast, whose)
    return {
        "pk": flag_finding(
            Contact.objects.get(pk=given["contact"]),
            RuleVersion.objects.select_related("rule__owner").get(pk=given["version"]),
            reason="no",
            by=whose.person,
        ).pk
    }


NO_FINDING = {"contact": 999_999_999, "version": 1}
ROUTES = {
    "home": Route(),
    "inspections:results": Route(),
    "inspections:export_results": Route(),
    "inspections:export_findings": Route(),
    "inspections:conversations": Route(),
    "inspections:why": Route(explained, missing={"contact": 999_999_999, "version": 1}),
    "inspections:floor": Route(),
    "inspections:live_conversation": Route(open_contact),
    "inspections:add_example": Route(
        hit, method="post", data={"expected": "miss"}, missing=NO_FINDING
    ),
    "inspections:flag": Route(hit, method="post", data={"reason": "no"}, missing=NO_FINDING),
    "inspections:agree_to_flag": Route(flagged, method="post"),
    "inspections:refuse_flag": Route(flagged, method="post", data={"reason": "no"}),
    "inspections:back_tests": Route(),
    "inspections:start_back_test": Route(),
    "inspections:back_test": Route(back_test),
    "inspections:back_test_progress": Route(back_test),
    "inspections:cancel_back_test": Route(back_test, method="post"),
    "inspections:lift": Route(version("active"), method="post", missing=NO_VERSION),
    "inspections:rules": Route(),
    "inspections:operators": Route(),
    "inspections:adopt": Route(method="post"),
    "inspections:new_rule": Route(),
    "inspections:check": Route(method="post"),
    "inspections:try_rule": Route(method="post"),
    "inspections:test_rule": Route(method="post"),
    "inspections:edit_rule": Route(rule),
    "inspections:rule": Route(rule),
    "inspections:change_owner": Route(rule, method="post"),
    "inspections:shadow": Route(version("draft"), method="post", missing=NO_VERSION),
    "inspections:activate": Route(version("draft"), method="post", missing=NO_VERSION),
    "inspections:retire": Route(version("active"), method="post", missing=NO_VERSION),
    "inspections:discard": Route(version("draft"), method="post", missing=NO_VERSION),
    "inspections:open_review": Route(
        lambda cast, whose: {"contact": contact(cast, whose)["pk"]},
        missing={"contact": 999_999_999},
    ),
    "inspections:reviews": Route(),
    "inspections:review": Route(review("released")),
    "inspections:score_review": Route(review("draft"), method="post"),
    "inspections:decide_veto": Route(review("scored"), method="post"),
    "inspections:release_review": Route(review("scored"), method="post"),
    "inspections:acknowledge_review": Route(review("released"), method="post"),
    "inspections:sheets": Route(),
    "inspections:new_sheet": Route(),
    "inspections:upload_sheet": Route(method="post"),
    "inspections:copy_example": Route(
        lambda cast, whose: {"code": "call_rating"}, method="post", missing={"code": "nothing"}
    ),
    "inspections:sheet": Route(sheet("active")),
    "inspections:revise_sheet": Route(sheet("active"), method="post"),
    "inspections:edit_head": Route(sheet("draft")),
    "inspections:new_section": Route(sheet("draft")),
    "inspections:edit_section": part("section"),
    "inspections:new_item": part("section"),
    "inspections:edit_item": part("section", "item"),
    "inspections:move_part": part("code", method="post"),
    "inspections:remove_part": part("code", method="post"),
    "inspections:export_sheet": Route(sheet("active", "number"), missing=NO_VERSION),
    "inspections:activate_sheet": Route(
        sheet("draft", "number"), method="post", missing=NO_VERSION
    ),
    "inspections:retire_sheet": Route(sheet("active", "number"), method="post", missing=NO_VERSION),
    "inspections:discard_sheet": Route(sheet("draft", "number"), method="post", missing=NO_VERSION),
    "inspections:runs": Route(),
    "inspections:start_run": Route(),
    "inspections:run": Route(run),
    "inspections:run_progress": Route(run),
    "inspections:cancel_run": Route(run, method="post"),
}
