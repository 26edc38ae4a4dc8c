import pytest
from django.urls import reverse
from django.utils.translation import override

from lingzhi.audit.models import Entry
from lingzhi.jobs.models import Job, Run
from lingzhi.jobs.names import JOBS, job_in_words
from lingzhi.jobs.registry import name_of
from lingzhi.jobs.services import advance, fail_run, later, start_run
from lingzhi.jobs.services.leases import MAX_TRIES, release_job, take_job
from lingzhi.jobs.services.workers import register_worker
from lingzhi.jobs.templatetags.runs import timing_words

LIST = reverse("jobs:list")


@pytest.fixture
def run(cast) -> Run:
    return start_run("jobs.count_to", "Bring in March", by=cast.quan, total=4, last=4)


@pytest.fixture
def dead(run) -> Job:
    for _ in range(MAX_TRIES):
        release_job(take_job(["long"]), "The worker's process died (SIGKILL).\n\ntrace")
    return Job.objects.get()


def url(name, row):
    return reverse(f"jobs:{name}", args=[row.pk])


def test_the_list_shows_runs_with_their_progress(as_, cast, run):
    advance(run, done=1)
    content = as_(cast.sol).get(LIST).content.decode()
    assert "Bring in March" in content
    assert "25 %" in content


def test_people_without_the_right_see_their_own(as_, cast, run):
    own = start_run("jobs.count_to", "Mine", by=cast.ines, last=2)
    response = as_(cast.ines).get(LIST)
    assert [row.pk for row in response.context["page"]] == [own.pk]
    assert as_(cast.ines).get(url("run", run)).status_code == 404
    assert as_(cast.ines).get(url("run", own)).status_code == 200


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"state": "queued"}, 1),
        ({"state": "done"}, 0),
        ({"text": "march"}, 1),
        ({"person": "3001"}, 1),
        ({"person": "9001"}, 0),
        ({"state": "nonsense"}, 1),
    ],
)
def test_the_list_is_narrowed(as_, cast, run, query, number):
    assert as_(cast.sol).get(LIST, query).context["page"].paginator.count == number


def test_a_run_asks_for_its_progress_until_it_ends(as_, cast, run, run_jobs):
    client = as_(cast.quan)
    assert url("progress", run) in client.get(url("run", run)).content.decode()
    assert url("progress", run) in client.get(url("progress", run)).content.decode()
    run_jobs()
    assert client.get(url("progress", run))["HX-Refresh"] == "true"
    assert url("progress", run) not in client.get(url("run", run)).content.decode()


def test_a_failed_run_shows_its_reason_in_one_line(as_, cast, run):
    fail_run(run, "The file is gone.\n\ntrace of the cause")
    content = as_(cast.quan).get(url("run", run)).content.decode()
    assert "<div>The file is gone.</div>" in content
    assert "trace of the cause</pre>" in content


def test_who_started_it_may_stop_it(as_, cast, run):
    assert as_(cast.quan).post(url("cancel", run)).status_code == 302
    run.refresh_from_db()
    assert run.state == Run.State.CANCELLED
    assert Entry.objects.latest("id").action == "jobs.run_cancelled"


def test_stopping_twice_is_refused(as_, cast, run):
    as_(cast.quan).post(url("cancel", run))
    assert as_(cast.quan).post(url("cancel", run)).status_code == 409


def test_stopping_other_people_s_work_needs_the_right(as_, cast):
    of_ines = start_run("jobs.count_to", "Hers", by=cast.ines, last=2)
    assert as_(cast.quan).post(url("cancel", of_ines)).status_code == 403
    assert as_(cast.bo).post(url("cancel", of_ines)).status_code == 404
    assert as_(cast.sol).get(url("cancel", of_ines)).status_code == 405
    assert as_(cast.sol).post(url("cancel", of_ines)).status_code == 302


def test_what_was_given_up_shows_its_reason(as_, cast, dead):
    content = as_(cast.quan).get(reverse("jobs:given_up")).content.decode()
    assert "工作进程意外终止（SIGKILL）。" in content
    assert url("retry", dead) not in content
    assert url("retry", dead) in as_(cast.sol).get(reverse("jobs:given_up")).content.decode()


def test_it_is_tried_again_and_its_run_goes_on(as_, cast, dead, run, run_jobs):
    run.refresh_from_db()
    assert run.state == Run.State.FAILED
    assert as_(cast.sol).post(url("retry", dead)).status_code == 302
    assert Entry.objects.latest("id").action == "jobs.job_retried"
    run_jobs()
    run.refresh_from_db()
    assert (run.state, run.done, run.error) == (Run.State.DONE, 4, "")


def test_discarding_needs_a_reason(as_, cast, dead):
    client = as_(cast.sol)
    assert client.post(url("discard", dead)).status_code == 422
    assert client.post(url("discard", dead), {"reason": "Sent by mistake"}).status_code == 302
    dead.refresh_from_db()
    assert dead.state == Job.State.DISCARDED
    assert Entry.objects.latest("id").reason == "Sent by mistake"


@pytest.mark.parametrize("name", ["retry", "discard"])
def test_decisions_are_refused(as_, cast, dead, name):
    assert as_(cast.quan).post(url(name, dead), {"reason": "x"}).status_code == 403
    assert as_(cast.sol).get(url(name, dead)).status_code == 405
    as_(cast.sol).post(url("retry", dead))
    assert as_(cast.sol).post(url(name, dead), {"reason": "x"}).status_code == 409


def test_the_machinery_shows_who_works(as_, cast):
    register_worker("worker", ["short"])
    later("jobs.note", label="x")
    response = as_(cast.sol).get(reverse("jobs:machinery"))
    assert [row.waiting for row in response.context["backlog"]] == [1, 0]
    assert len(response.context["workers"]) == 1


@pytest.mark.parametrize("name", ["given_up", "machinery"])
def test_the_machinery_is_not_for_everybody(as_, cast, name):
    assert as_(cast.bo).get(reverse(f"jobs:{name}")).status_code == 403


def test_strangers_sign_in_first(client, run):
    for address in (LIST, url("run", run), url("progress", run)):
        assert client.get(address).status_code == 302
    assert client.post(url("cancel", run)).status_code == 302


def test_the_number_of_queries_does_not_grow(as_, cast, django_assert_max_num_queries):
    for number in range(30):
        start_run("jobs.count_to", str(number), by=cast.quan, last=2)
    client = as_(cast.sol)
    with django_assert_max_num_queries(14):
        client.get(LIST)


@pytest.mark.parametrize(
    ("timing", "words"),
    [
        ("every 5 s", "Every 5 seconds"),
        ("every 2 h on long", "Every 2 hours"),
        ("5 3 * * * on long", "Daily at 03:05"),
        ("7 * * * *", "Hourly at minute 7"),
        ("0 8 * * 1-5", "0 8 * * 1-5"),
    ],
)
def test_when_recurring_work_comes_is_told_in_words(timing, words):
    with override("en"):
        assert timing_words(timing) == words


def test_every_job_has_its_words(settings):
    real = {name_of(path) for path in settings.JOBS if ".tests." not in path}
    assert real - set(JOBS) == set()


def test_work_is_named_in_words(as_, cast, run):
    Run.objects.update(kind="imports.stage")
    content = as_(cast.sol).get(url("run", run)).content.decode()
    assert job_in_words("imports.stage") in content
    assert "imports.stage" not in content
