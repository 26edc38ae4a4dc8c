"""Calls that nobody answered are no conversations: nothing judges them, nothing waits for it."""

import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact, make_unanswered
from lingzhi.contacts.models import Contact
from lingzhi.contacts.queries import Filters
from lingzhi.core.clock import now
from lingzhi.imports.models import Batch
from lingzhi.inspections import services
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import Inspection
from lingzhi.inspections.queries import not_inspected
from lingzhi.inspections.services.judging import snapshot_now
from lingzhi.jobs.services import later

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def contacts(cast) -> list[Contact]:
    """Two conversations, the second not judged, and three calls nobody answered around them."""
    make_rule()
    made = [
        make_unanswered("U1", agent="1002"),
        make_contact("A1", agent="1002"),
        make_unanswered("U2", agent="1002", queued_at="2026-11-20 09:00:00"),
    ]
    services.inspect_all(Contact.objects.all())
    return [*made, make_contact("A2", agent="1002"), make_unanswered("U3", agent="1002")]


def judged() -> list[str]:
    rows = Inspection.objects.order_by("contact__external_id")
    return list(rows.values_list("contact__external_id", flat=True))


def test_inspecting_everything_leaves_them_out(contacts):
    assert judged() == ["A1"]
    assert services.inspect_all(Contact.objects.all())["conversations"] == 1
    assert judged() == ["A1", "A2"]


def test_handed_over_by_name_they_are_left_out(contacts, run_jobs):
    assert services.inspect_contacts([contacts[0]], snapshot_now())["conversations"] == 0
    later("inspections.inspect_contacts", contact_ids=[one.pk for one in contacts])
    run_jobs()
    assert judged() == ["A1", "A2"]


def test_of_an_import_only_the_conversations_are_judged(contacts, run_jobs):
    at = now()
    batch = Batch.objects.create(
        kind="contacts", source="x", created_at=at, started_at=at, staged_at=at, finished_at=at
    )
    Contact.objects.update(batch=batch)
    later("inspections.inspect_batch", batch_id=batch.pk)
    run_jobs()
    assert judged() == ["A1", "A2"]


def test_a_run_counts_and_judges_only_conversations(settings, contacts, cast, run_jobs):
    settings.INSPECTION_GROUP = 1
    started = services.start_inspection(Filters(), label="all", by=cast.quan)
    assert started.run.total == 2
    run_jobs()
    started.run.refresh_from_db()
    assert (started.run.state, started.run.done) == ("done", 2)
    assert judged() == ["A1", "A2"]


def test_a_run_over_them_alone_is_refused(contacts, cast):
    with pytest.raises(services.NothingToInspect):
        services.start_inspection(Filters(text="U1"), label="one", by=cast.quan)


def test_they_are_neither_inspected_nor_not_inspected(contacts):
    assert [one.external_id for one in not_inspected(Contact.objects.all())] == ["A2"]


def test_the_overview_shares_conversations_and_names_them_apart(as_, cast, contacts):
    overview = as_(cast.quan).get(reverse("home"), headers=ENGLISH)
    figures = overview.context["overview"]
    assert (figures.conversations, figures.inspected, figures.unanswered) == (2, 1, 3)
    assert figures.inspected_share == 0.5
    assert "and 3 calls that nobody answered" in overview.content.decode()


def test_the_overview_is_silent_where_there_are_none(as_, cast, judged):
    html = as_(cast.quan).get(reverse("home"), headers=ENGLISH).content.decode()
    assert "nobody answered" not in html


def test_lists_of_conversations_leave_them_out(as_, cast, contacts):
    client = as_(cast.quan)
    for verdict in ("", "not_inspected"):
        filters = {"period": "all", "verdict": verdict}
        page = client.get(reverse("inspections:conversations"), filters).context["page"]
        assert {one.contact.external_id for one in page.object_list} <= {"A1", "A2"}
        assert page.object_list


def test_no_verdict_of_theirs_can_be_explained(as_, cast, contacts):
    version = Inspection.objects.get().snapshot.version_ids[0]
    client = as_(cast.quan)
    urls = [reverse("inspections:why", args=[one.pk, version]) for one in contacts[:2]]
    assert [client.get(url).status_code for url in urls] == [404, 200]
