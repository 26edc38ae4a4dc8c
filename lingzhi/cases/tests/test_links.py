from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.cases.factories import in_work, make_case, make_closed, tell
from lingzhi.cases.models import Case, CaseLink, Clock
from lingzhi.cases.queries.links import alike, likeness, parts_to_tell
from lingzhi.cases.services.claiming import CaseMerged
from lingzhi.cases.services.linking import (
    LinkedAlready,
    NothingToPassOn,
    ask_to_pass_on,
    link_cases,
    unlink_cases,
)
from lingzhi.cases.services.merging import TakenBackAlready, merge_cases, undo_merge
from lingzhi.cases.services.watching import watch_clocks
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput
from lingzhi.customers.factories import make_customer
from lingzhi.notifications.models import Notice

pytestmark = pytest.mark.django_db
PART_OF, RELATED = CaseLink.Kind.PART_OF, CaseLink.Kind.RELATED


@pytest.fixture
def customer(db):
    return make_customer(phone="13800002071")


@pytest.fixture
def pair(cast, calendar, at, customer) -> tuple[Case, Case]:
    """Two cases of one customer in work; the second one was opened twice, so to say."""
    at("2026-11-20 09:30")
    made = [
        make_case(by=cast.bo, unit=cast.first, customer=customer, title=title)
        for title in ("包裹三天未送达", "包裹未送达")
    ]
    at("2026-11-20 10:00")
    return tuple(in_work(one, by=cast.bo) for one in made)


def living(case: Case) -> list[tuple]:
    rows = Clock.objects.filter(case=case).exclude(state="ended")
    return list(rows.values_list("kind", "opened_at", "due_at", "state", "verdict"))


def merge(merged: Case, kept: Case, by) -> None:
    merge_cases(merged, kept, seen=merged.revision, reason="同一包裹", by=by)


def test_a_merge_taken_back_leaves_no_trace_but_its_history(cast, pair):
    kept, merged = pair
    before = (merged.kind, merged.state, living(merged), living(kept))
    merge(merged, kept, cast.bo)
    with pytest.raises(CaseMerged):
        tell(merged, by=cast.bo)
    undo_merge(merged.merges.get(), reason="不是一件事", by=cast.bo)
    assert (merged.kind, merged.state, living(merged), living(kept)) == before
    assert list(merged.events.values_list("kind", flat=True))[-2:] == ["merged", "unmerged"]
    with pytest.raises(TakenBackAlready):
        undo_merge(merged.merges.get(), reason="再来", by=cast.bo)
    merge(merged, kept, cast.bo)  # and once more
    assert Entry.objects.filter(action="cases.merged").count() == 2


def test_what_is_done_for_the_kept_case_answers_the_merged_one(cast, pair):
    kept, merged = pair
    merge(merged, kept, cast.bo)
    tell(kept, by=cast.bo)
    assert merged.clocks.get(kind="first_response").verdict == Clock.Verdict.MET
    make_closed(kept, by=cast.bo)
    assert living(merged) == []
    assert set(merged.clocks.values_list("verdict", flat=True)) <= {"met", "cancelled"}


def test_no_limit_is_dodged_by_a_merge(cast, pair, at):
    kept, merged = pair
    Clock.objects.filter(case=kept, kind="first_response").delete()
    merge(merged, kept, cast.bo)
    Notice.objects.all().delete()
    at("2026-11-20 14:00")
    watch_clocks()
    assert merged.clocks.get(kind="first_response").verdict == Clock.Verdict.LATE
    kept.refresh_from_db()
    assert kept.is_late
    told = Notice.objects.filter(body__startswith=kept.number) | Notice.objects.filter(
        url=reverse("cases:case", args=[kept.pk])
    )
    assert set(told.values_list("person__name", flat=True)) >= {"Bo", "Ada"}


def test_cases_of_two_customers_are_no_one_matter(cast, pair):
    kept, merged = pair
    other = make_case(by=cast.bo, unit=cast.first, customer=make_customer(phone="13800002072"))
    for wrong in (other, kept):
        with pytest.raises(BadInput):
            merge(wrong, kept, cast.bo)
    merge(merged, kept, cast.bo)
    with pytest.raises(BadInput):
        merge(kept, other, cast.bo)


def test_cases_that_look_alike_are_proposed_once(cast, pair, at):
    kept, merged = pair
    far = make_case(by=cast.bo, unit=cast.first, customer=kept.customer, type_code="project",
                    title="明年的合同")  # fmt: skip
    assert [one.case for one in alike(merged, cast.bo)] == [kept]
    Case.objects.filter(pk=far.pk).update(opened_at=now() - timedelta(days=60))
    link_cases(merged, kept, RELATED, by=cast.bo)
    assert alike(merged, cast.bo) == []
    assert likeness("包裹未送达", "包裹未送达") == 1.0
    assert likeness("包裹", "") == 0.0


def test_a_link_is_made_once_and_ended_once(cast, pair):
    one, other = pair
    link = link_cases(one, other, RELATED, by=cast.bo)
    with pytest.raises(LinkedAlready):
        link_cases(one, other, RELATED, by=cast.bo)
    unlink_cases(link, by=cast.bo)
    link_cases(one, other, PART_OF, by=cast.bo)
    with pytest.raises(BadInput):  # a part has no parts
        link_cases(other, one, PART_OF, by=cast.bo)


def test_all_customers_of_an_incident_hear_the_same_once(cast, pair):
    whole, part = pair
    second = make_case(by=cast.chen, unit=cast.second, customer=make_customer(phone="13800002073"))
    for one in (part, second):
        link_cases(one, whole, PART_OF, by=cast.bo)
    with pytest.raises(NothingToPassOn):
        ask_to_pass_on(whole, by=cast.bo)
    tell(whole, by=cast.bo)
    assert ask_to_pass_on(whole, by=cast.bo) == 2
    assert ask_to_pass_on(whole, by=cast.bo) == 0
    assert second.clocks.get(kind="promise").promised_at == whole.clocks.get(kind="promise").due_at
    tell(whole, by=cast.bo, hours=48)
    assert parts_to_tell(whole.events.filter(kind="told").last()).count() == 2


def test_merged_on_the_page_and_taken_back(cast, pair, as_):
    kept, merged = pair
    client, page = as_(cast.bo), reverse("cases:case", args=[merged.pk])
    url = reverse("cases:link", args=[merged.pk])
    assert f"?other={kept.number}&amp;how=merge" in client.get(page).content.decode()
    sent = {"other": kept.number, "how": "merge"}
    for wrong in ({}, {"other": "9"}, {"other": merged.number, "reason": "同"}):
        assert client.post(url, sent | wrong).status_code == 422
    answer = client.post(url, sent | {"reason": "同一包裹"})
    assert answer.url == reverse("cases:case", args=[kept.pk])
    listed = [one.case for one in client.get(reverse("cases:list")).context["rows"]]
    assert listed == [kept]
    assert reverse("cases:tell", args=[merged.pk]) not in client.get(page).content.decode()
    undo = reverse("cases:unmerge", args=[merged.merges.get().pk])
    assert as_(cast.chen).post(undo, {"reason": "不是"}).status_code == 404
    assert as_(cast.bo).post(undo, {"reason": "不是一件事"}).status_code == 302


def test_who_opens_a_case_sees_what_the_customer_has_open(cast, pair, as_, contact_of):
    kept, _merged = pair
    answer = as_(cast.bo).get(reverse("cases:open_from", args=[contact_of(kept.customer).pk]))
    assert {one.case for one in answer.context["known"]} == set(pair)
