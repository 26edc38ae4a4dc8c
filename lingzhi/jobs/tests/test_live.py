import pytest
from django.urls import reverse

from lingzhi.core.live import still_allowed
from lingzhi.jobs.access import run_to_read
from lingzhi.jobs.live import read_runs
from lingzhi.jobs.models import Run
from lingzhi.jobs.services import start_run


@pytest.fixture
def run(cast) -> Run:
    return start_run("jobs.count_to", "Count", by=cast.ines, total=4, last=4)


def test_it_tells_state_and_progress(run, run_jobs):
    assert read_runs([run.pk, 10**9])[run.pk]["state"] == "queued"
    run_jobs()
    told = read_runs([run.pk])[run.pk]
    assert (told["percent"], told["counts"], told["is_finished"]) == (100, {"groups": 2}, True)


def test_a_run_one_may_not_see_is_not_streamed(as_, cast, run, client):
    address = reverse("live_run", args=[run.pk])
    assert client.get(address).status_code == 302
    assert as_(cast.bo).get(address).status_code == 404
    assert as_(cast.ines).post(address).status_code == 405


def test_the_right_is_asked_anew_while_it_streams(as_, cast, run):
    client = as_(cast.ines)
    client.get("/healthz")
    allowed = still_allowed(
        client.session.session_key, lambda user: bool(run_to_read(user, run.pk))
    )
    assert allowed()
    Run.objects.filter(pk=run.pk).update(started_by_id=cast.bo.pk)
    assert not allowed()
    Run.objects.filter(pk=run.pk).update(started_by_id=cast.ines.pk)
    assert allowed()
    client.logout()
    assert not allowed()
