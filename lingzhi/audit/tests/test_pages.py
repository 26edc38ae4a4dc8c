from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry, Verification
from lingzhi.audit.services import record, verify_log
from lingzhi.core.clock import now, today

LIST = reverse("audit:list")
CHAIN = reverse("audit:chain")


@pytest.fixture
def entry(log) -> Entry:
    return Entry.objects.get(pk=log[5])


def rows(response) -> list[int]:
    return [each.pk for each in response.context["page"]]


def test_the_audit_administrator_reads_the_log(as_, cast, log):
    response = as_(cast.ann).get(LIST)
    assert response.status_code == 200
    assert rows(response)[:3] == sorted(log, reverse=True)[:3]


@pytest.mark.parametrize("name", ["list", "export", "chain"])
def test_others_may_not(as_, cast, name, log):
    assert as_(cast.sol).get(reverse(f"audit:{name}")).status_code == 403
    assert as_(cast.bo).get(reverse(f"audit:{name}")).status_code == 403


def test_strangers_sign_in_first(client, db):
    assert client.get(LIST).status_code == 302


def test_htmx_gets_the_rows_alone(as_, cast, log):
    response = as_(cast.ann).get(LIST, headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert b'id="rows"' in response.content


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"actor": "9001"}, 20),
        ({"actor": "nobody"}, 0),
        ({"action": "test."}, 20),
        ({"action": "happened"}, 0),
        ({"subject": "accounts.user"}, 20),
        ({"subject": "0"}, 0),
        ({"subject": "accounts.user 0"}, 0),
        ({"text": "1002"}, 20),
        ({"text": "Bo"}, 0),
        ({"from_on": "2000-01-01", "to_on": "2000-12-31"}, 0),
        ({"from_on": "nonsense"}, 20),
    ],
)
def test_it_finds_what_fits(as_, cast, log, query, number):
    assert as_(cast.ann).get(LIST, query).context["page"].paginator.count == number


def test_chinese_words_in_a_value_are_found(as_, cast, log, act):
    found = act("收费争议")
    for text in ("收费", "费争"):
        assert rows(as_(cast.ann).get(LIST, {"text": text})) == [found.pk]


def test_days_are_those_of_the_centre(as_, cast, log, act, time_machine, settings):
    settings.TIME_ZONE = "Asia/Shanghai"
    time_machine.move_to("2026-03-01T16:30:00+00:00")  # already the second of March there
    late = act("late")
    client = as_(cast.ann)
    assert rows(client.get(LIST, {"from_on": "2026-03-02", "to_on": "2026-03-02"})) == [late.pk]
    assert rows(client.get(LIST, {"from_on": "2026-03-01", "to_on": "2026-03-01"})) == []


def test_without_dates_thirty_days_are_searched(as_, cast, log, time_machine):
    time_machine.move_to(now() + timedelta(days=31))
    assert rows(as_(cast.ann).get(LIST)) == []
    assert len(rows(as_(cast.ann).get(LIST, {"from_on": str(today() - timedelta(days=32))}))) > 0


def test_the_thirty_days_before_a_day_are_searched(as_, cast, log, time_machine):
    time_machine.move_to(now() + timedelta(days=400))
    day = str(today() - timedelta(days=399))
    assert len(rows(as_(cast.ann).get(LIST, {"to_on": day}))) > 0


def test_one_act_shows_its_values_and_its_seal(as_, cast, entry):
    response = as_(cast.ann).get(reverse("audit:entry", args=[entry.pk]))
    content = response.content.decode()
    assert "label" in content
    assert entry.link.hash in content


def test_an_act_not_yet_sealed_says_so(as_, cast, act):
    response = as_(cast.ann).get(reverse("audit:entry", args=[act("new").pk]))
    assert response.status_code == 200
    assert not hasattr(response.context["entry"], "link")


def test_one_act_is_invisible_to_others(as_, cast, entry):
    assert as_(cast.sol).get(reverse("audit:entry", args=[entry.pk])).status_code == 404
    assert as_(cast.ann).get(reverse("audit:entry", args=[10**9])).status_code == 404


def test_an_export_is_harmless_and_recorded(as_, cast, log, act):
    record(cast.sol, "test.happened", cast.bo, reason="=1+1")
    response = as_(cast.ann).get(reverse("audit:export"), {"actor": "9001"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert len(text.splitlines()) == 22
    assert "'=1+1" in text
    act_ = Entry.objects.latest("id")
    assert (act_.action, act_.actor_label, act_.after["rows"]) == ("audit.exported", "9003", 21)


def test_the_chain_page_shows_a_forgery(as_, cast, log, forger, settings):
    forger.edit(log[3])
    verify_log(settings.DATA_DIR / "checkpoints")
    response = as_(cast.ann).get(CHAIN)
    assert response.context["chain"].sealed == 20
    assert f'href="{reverse("audit:entry", args=[log[3]])}"' in response.content.decode()


def test_verifying_now_is_done_in_the_background(as_, cast, log, run_jobs):
    response = as_(cast.ann).post(reverse("audit:verify"))
    assert response["Location"] == CHAIN
    assert not Verification.objects.exists()
    run_jobs()
    assert Verification.objects.get().by == "9003"


def test_verifying_now_is_refused_to_others_and_by_get(as_, cast, db):
    assert as_(cast.ann).get(reverse("audit:verify")).status_code == 405
    assert as_(cast.sol).post(reverse("audit:verify")).status_code == 403


def test_the_number_of_queries_does_not_grow(as_, cast, log, django_assert_max_num_queries):
    client = as_(cast.ann)
    with django_assert_max_num_queries(14):
        client.get(LIST, {"page": 1})
