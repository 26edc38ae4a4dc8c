import pytest
from django.urls import reverse

from lingzhi.imports.tests.conftest import HALF

URL = reverse("imports:list")


def test_one_sees_the_own_imports_and_who_watches_the_company_sees_all(as_, cast, received):
    received(by=cast.sol, name="sol.csv")
    received(by=cast.quan, name="quan.csv")
    page = as_(cast.quan).get(URL).content.decode()
    assert ("sol.csv" in page, "quan.csv" in page) == (False, True)
    page = as_(cast.sol).get(URL).content.decode()
    assert ("sol.csv" in page, "quan.csv" in page) == (True, True)


def test_the_empty_list_leads_to_the_upload(as_, cast):
    page = as_(cast.quan).get(URL).content.decode()
    assert page.count(reverse("imports:upload")) >= 2


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"state": "undecided"}, {"half.csv"}),
        ({"state": "finished"}, {"good.csv"}),
        ({"state": "open"}, {"half.csv", "open.csv"}),
        ({"text": "GOOD"}, {"good.csv"}),
        ({"text": "wecom"}, {"open.csv"}),
        ({"state": "nonsense"}, {"half.csv", "good.csv", "open.csv"}),
    ],
)
def test_it_is_narrowed(as_, cast, received, brought, filters, names):
    brought(name="good.csv")
    brought(HALF, name="half.csv")
    received(name="open.csv", source="wecom")
    page = as_(cast.quan).get(URL, filters).content.decode()
    assert {name for name in ("half.csv", "good.csv", "open.csv") if name in page} == names


def test_the_number_of_queries_does_not_grow(
    as_, cast, received, django_assert_max_num_queries, django_assert_num_queries
):
    client = as_(cast.quan)
    received()
    client.get(URL)
    with django_assert_max_num_queries(40) as few:
        client.get(URL)
    for _each in range(8):
        received()
    with django_assert_num_queries(len(few)):
        client.get(URL)


def test_who_may_neither_import_nor_watch_is_refused(as_, cast):
    assert as_(cast.bo).get(URL).status_code == 403


def test_anonymous_is_sent_to_sign_in(client, db):
    assert client.get(URL).status_code == 302


def test_it_only_reads(as_, cast):
    assert as_(cast.quan).post(URL).status_code == 405


def test_who_watches_the_whole_company_sees_the_imports_of_others(as_, watcher, received):
    received(name="brought.csv")
    assert "brought.csv" in as_(watcher).get(URL).content.decode()


def test_who_watches_one_team_sees_and_drops_no_import_of_others(as_, cast, hold, received):
    batch = received(name="brought.csv")
    hold(cast.nora, "quality_manager", cast.first)
    client = as_(cast.nora)
    assert "brought.csv" not in client.get(URL).content.decode()
    assert client.get(reverse("imports:detail", args=[batch.pk])).status_code == 404
    assert client.post(reverse("imports:drop", args=[batch.pk])).status_code == 404
