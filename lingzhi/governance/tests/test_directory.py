"""A service is written, agreed to by another, offered, reviewed, changed and withdrawn."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from lingzhi.approvals.models import Approval
from lingzhi.approvals.services import decide
from lingzhi.audit.models import Entry
from lingzhi.core.clock import midnight, today
from lingzhi.core.controls import Binding
from lingzhi.governance.factories import changed, make_service
from lingzhi.governance.models import ServiceEntry, ServicePromise
from lingzhi.governance.queries.directory import measured, services_on_clause
from lingzhi.governance.queries.directory_kept import directory_kept
from lingzhi.governance.services import directory as services
from lingzhi.governance.services.directory_reviews import ask_owners, review_entry
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.services import ensure_definition
from lingzhi.notifications.models import Notice
from lingzhi.org.services.statements import publish_statement
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Clause

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
END = today().replace(day=1) - DAY  # of the last month
START = END - 90 * DAY


def page(name: str, *args: object) -> str:
    return reverse(f"governance:{name}", args=args)


def agree(by) -> None:
    decide(Approval.objects.get(state="open"), is_agreed=True, comment="", by=by)


def asked_to_do(person, words: str) -> bool:
    rows = Notice.objects.filter(person=person, is_todo=True, ended_at=None)
    return rows.filter(body=words).exists()


def sent(cast, **more) -> dict[str, object]:
    return {
        "name": "投诉处理", "provided": "受理并答复投诉", "for_whom": "全体客户",
        "channels": ["phone"], "unit": cast.hotline.pk, "owner": cast.ada.pk, "every_months": 6,
        **more,
    }  # fmt: skip


def test_from_a_clause_to_a_service_that_everybody_reads(cast, as_, hold, run_jobs):
    hold(cast.nora, "leadership", cast.company)
    version = make_version("s15", cast.company, by=cast.quan, effective_on=today())
    clause = Clause.objects.get(version=version, number="4.1.2")
    on_page = reverse("rulebook:clause", args=[version.regulation_id, "4.1.2"])
    door = f"{page('add_service')}?clause={clause.pk}"
    shown = as_(cast.quan).get(on_page)
    assert door in shown.content.decode()
    assert as_(cast.quan).post(door, sent(cast, channels=["pigeon"])).status_code == 422
    assert as_(cast.quan).post(door, sent(cast)).status_code == 302
    entry = ServiceEntry.objects.get()
    assert entry.clauses.get() == clause
    as_(cast.quan).post(page("ask_service", entry.pk))
    assert not Approval.objects.exists()  # nothing is promised yet
    half = {"title": "答复", "value": 2, "stated_in": "working_days", "target": 90}
    assert as_(cast.quan).post(page("add_promise", entry.pk), half).status_code == 422
    del half["target"]
    assert as_(cast.quan).post(page("add_promise", entry.pk), half).status_code == 302
    assert as_(cast.bo).get(page("service", entry.pk)).status_code == 404  # a draft
    as_(cast.quan).post(page("ask_service", entry.pk))
    assert as_(cast.quan).post(page("edit_service", entry.pk), sent(cast)).status_code == 409
    assert (
        as_(cast.quan).post(page("reopen_service", entry.pk)).status_code == 409
    )  # its approval is open
    agree(cast.nora)
    run_jobs()
    entry.refresh_from_db()
    assert (entry.state, entry.approved_by) == ("offered", cast.nora)
    assert entry.review_on > today() + 150 * DAY
    assert [one.entry for one in as_(cast.bo).get(page("services")).context["rows"]] == [entry]
    read = as_(cast.bo).get(page("service", entry.pk), headers={"Accept-Language": "en"})
    assert "2 working days" in read.content.decode()
    assert on_page in read.content.decode()
    assert not read.context["may_review"]
    assert list(services_on_clause(cast.bo, clause)) == [entry]
    assert as_(cast.quan).post(page("edit_service", entry.pk), sent(cast)).status_code == 409
    assert as_(cast.bo).get(page("services_word")).status_code == 200
    assert set(Entry.objects.values_list("action", flat=True)) >= {
        "governance.service_kept", "governance.service_promise_kept", "governance.service_offered",
    }  # fmt: skip


def test_what_was_signed_is_what_is_offered(cast, hold):
    hold(cast.nora, "leadership", cast.company)
    entry = make_service(cast.hotline, cast.ada)
    approval = services.request_approval(entry, by=cast.ada)
    agree(cast.nora)
    ServicePromise.objects.update(value=1)
    assert not services.offer(entry, Approval.objects.get(pk=approval.pk))
    assert ServiceEntry.objects.get().state == "asked"
    services.reopen(entry, by=cast.ada)
    assert ServiceEntry.objects.get().state == "draft"


def test_the_owner_is_asked_before_its_review_and_says_what_was_found(cast, as_):
    entry = make_service(cast.first, cast.bo, offered=True)
    assert ask_owners() == 0
    changed(entry, review_on=today() + 14 * DAY)
    assert (ask_owners(), ask_owners()) == (1, 0)
    assert asked_to_do(cast.bo, entry.name)
    url = page("review_service", entry.pk)
    assert as_(cast.bea).get(url).status_code == 403
    assert as_(cast.bo).post(url, {"outcome": "withdrawn", "reason": "没人用"}).status_code == 422
    assert as_(cast.bo).post(url, {"outcome": "kept", "reason": ""}).status_code == 422
    assert as_(cast.bo).post(url, {"outcome": "kept", "reason": "仍然合适"}).status_code == 302
    stale = ServiceEntry.objects.get()
    assert not asked_to_do(cast.bo, entry.name)
    assert (stale.told_on, stale.reviews.get().due_on) == (None, today() + 14 * DAY)
    assert stale.review_on > today() + 300 * DAY
    with pytest.raises(services.ServiceIsElsewhere):  # somebody was quicker
        review_entry(entry, "kept", "再看一次", by=cast.ada)


def test_a_change_holds_once_another_agreed_and_the_old_version_stays(cast, hold):
    hold(cast.nora, "leadership", cast.company)
    old = make_service(cast.first, cast.bo, offered=True)
    new = review_entry(old, "changed", "改为一天答复", by=cast.ada)
    assert (new.before, new.number, new.promises.get().value) == (old, 2, 2)
    with pytest.raises(services.ServiceIsElsewhere):
        services.next_version(old, "再改", by=cast.ada)
    promise = new.promises.get()
    promise.value = 1
    services.keep_promise(promise, by=cast.ada)
    approval = services.request_approval(new, by=cast.ada)
    old.refresh_from_db()
    assert old.state == "offered"  # until the next one is agreed to
    with pytest.raises(services.ServiceIsElsewhere):
        services.withdraw(old, "不再提供", by=cast.ada)
    agree(cast.nora)
    assert services.offer(new, Approval.objects.get(pk=approval.pk))
    old.refresh_from_db()
    assert (old.state, old.ended_because, old.promises.get().value) == (
        "replaced",
        "改为一天答复",
        2,
    )
    services.withdraw(new, "业务停办", by=cast.ada)
    assert list(ServiceEntry.objects.order_by("pk").values_list("state", flat=True)) == [
        "replaced", "withdrawn",
    ]  # fmt: skip


def test_promised_beside_measured_and_nothing_counted_is_not_zero(cast, as_):
    way = ensure_definition("K03", "rings", {}, by=None)
    entry = make_service(cast.first, cast.bo, offered=True)
    promise = entry.promises.get()
    ServicePromise.objects.filter(pk=promise.pk).update(definition=way, target=80.0)
    url = page("service", entry.pk)
    empty = as_(cast.ada).get(url, headers={"Accept-Language": "en"})
    assert "nothing counted yet" in empty.content.decode()
    last = today().replace(day=1) - DAY
    for day, above in ((last, 90), (today(), 0)):  # the open month is not counted
        make_fact(day, above, 100, definition=way, unit=cast.first)
    rows = ServicePromise.objects.select_related("entry__unit", "definition__indicator")
    found = measured(list(rows))[promise.pk]
    assert (found.figure.value, found.state, found.last) == (90.0, "met", last)
    seen = as_(cast.ada).get(url).context["shown"].promises[0].shown
    assert seen.standing.figure.interval is not None
    assert as_(cast.bea).get(url).context["shown"].promises[0].shown is None


def test_filters_and_what_is_elsewhere(cast, as_):
    offered = make_service(cast.first, cast.bo, offered=True)
    draft = make_service(cast.second, cast.chen, name="上门安装", channels=["chat"])
    late = make_service(cast.first, cast.bo, offered=True, name="退款", channels=["chat"])
    changed(late, review_on=date(2026, 1, 1))

    def rows(**asked) -> set[ServiceEntry]:
        answer = as_(cast.quan).get(page("services"), asked)
        return {one.entry for one in answer.context["rows"]}

    assert rows() == {offered, late}
    assert rows(show="due") == {late}
    assert rows(show="drafts") == {draft}
    assert rows(channel="chat") == {late}
    assert rows(text="投诉处理") == {offered}
    assert rows(unit=cast.second.pk) == set()


def test_a_clause_is_kept_by_what_is_reviewed_in_time(cast):
    def verdicts(about: str, unit=cast.hotline) -> tuple[int, int, int]:
        binding = Binding(
            1, "s15/directory-current", "directory", {}, {"about": about}, unit.pk, unit.path, START
        )
        found = directory_kept([binding], END, END)[0][END]
        return found.kept, found.broken, found.unknown

    assert (verdicts("services"), verdicts("policy")) == ((0, 1, 0), (0, 1, 0))
    entry = make_service(cast.first, cast.bo, offered=True)
    assert verdicts("services") == (0, 1, 0)  # offered after the month was over
    changed(entry, approved_at=midnight(START))
    assert verdicts("services") == (1, 0, 0)
    assert verdicts("services", cast.second) == (0, 1, 0)  # a service of another team
    changed(entry, review_on=END - DAY)
    assert verdicts("services") == (0, 1, 0)
    review_entry(entry, "kept", "仍然合适", by=cast.bo)
    assert verdicts("services") == (0, 1, 0)  # looked at after that month
    entry.reviews.update(said_at=midnight(END))
    assert verdicts("services") == (1, 0, 0)
    publish_statement(cast.company, "policy", "按标准办事", from_on=START, by=cast.quan)
    assert verdicts("policy") == (0, 0, 1)  # nobody said when it is looked at again
    assert verdicts("") == (1, 0, 1)
