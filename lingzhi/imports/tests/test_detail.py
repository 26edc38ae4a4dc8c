from django.urls import reverse

from lingzhi.imports.models import Batch
from lingzhi.imports.services import accept_batch
from lingzhi.imports.tests.conftest import BAD, HALF, line, table
from lingzhi.jobs.services import fail_run


def url(batch) -> str:
    return reverse("imports:detail", args=[batch.pk])


def shown(client, batch):
    answer = client.get(url(batch))
    assert answer.status_code == 200
    return answer.context["batch"], answer.content.decode()


def test_while_it_is_read_the_page_looks_again(as_, cast, started):
    batch, page = shown(as_(cast.quan), started())
    assert batch.state == Batch.State.STAGING
    assert 'hx-trigger="every 2s"' in page


def test_a_finished_import_leads_to_what_it_brought(as_, cast, brought):
    done = brought()
    batch, page = shown(as_(cast.quan), done)
    assert batch.state == Batch.State.FINISHED
    assert f"?batch={done.pk}" in page
    assert "every 2s" not in page
    assert reverse("imports:drop", args=[done.pk]) not in page


def test_rows_with_problems_ask_for_a_decision(as_, cast, brought):
    half = brought(HALF)
    batch, page = shown(as_(cast.quan), half)
    assert batch.state == Batch.State.UNDECIDED
    assert reverse("imports:accept", args=[half.pk]) in page
    assert reverse("imports:drop", args=[half.pk]) in page
    assert [(one.number, one.field) for one in batch.problems] == [(3, "渠道")]


def test_without_a_good_row_there_is_nothing_to_accept(as_, cast, brought):
    bad = brought(BAD)
    _batch, page = shown(as_(cast.quan), bad)
    assert reverse("imports:accept", args=[bad.pk]) not in page


def test_a_step_that_failed_can_be_gone_on_with(as_, cast, started):
    batch = started()
    fail_run(batch.run, "OperationalError: disk is full\n\nTraceback")
    found, page = shown(as_(cast.quan), batch)
    assert found.state == Batch.State.STOPPED
    assert "disk is full" in page
    assert "Traceback" not in page
    assert reverse("imports:resume", args=[batch.pk]) in page


def test_publishing_shows_how_far_it_is(as_, cast, brought):
    batch = brought(HALF)
    accept_batch(batch, by=cast.quan)
    found, page = shown(as_(cast.quan), batch)
    assert found.state == Batch.State.PUBLISHING
    assert 'max="1"' in page


def test_a_refused_file_says_why_and_where(as_, cast, brought):
    rows = (line(f"C{number}") for number in range(2100))
    batch = brought(table(*rows) + b'\nX,"open')
    found, page = shown(as_(cast.quan), batch)
    assert found.state == Batch.State.REFUSED
    assert "2102" in page


def test_htmx_gets_the_state_alone(as_, cast, started):
    page = as_(cast.quan).get(url(started()), headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith('<div class="lz-grid" id="state"')


def test_who_only_watches_sees_no_acts(as_, watcher, brought):
    half = brought(HALF)
    _batch, page = shown(as_(watcher), half)
    assert reverse("imports:accept", args=[half.pk]) not in page


def test_the_import_of_another_is_not_found(as_, cast, started):
    batch = started()
    assert as_(cast.bo).get(url(batch)).status_code == 404
    assert as_(cast.quan).get(reverse("imports:detail", args=[99])).status_code == 404


def test_anonymous_is_sent_to_sign_in(client, started):
    assert client.get(url(started())).status_code == 302


def test_it_only_reads(as_, cast, started):
    assert as_(cast.quan).post(url(started())).status_code == 405
