"""Each open choice of counting: what holds, since when, by whom."""

from datetime import date

from django.urls import reverse

from lingzhi.kpis.services import use_definition

ENGLISH = {"Accept-Language": "en"}


def test_each_open_choice_says_what_holds_since_when_and_by_whom(
    as_, cast, django_assert_max_num_queries
):
    client, url = as_(cast.bo), reverse("kpis:choices")
    before = client.get(url, headers=ENGLISH).content.decode()
    assert "what the dictionary proposes" in before
    assert "0 of them were decided here" in before
    for code, way, params in (
        ("K14", "of_customers", {}), ("K07", "no_repeat", {"hours": 24, "transfers": "out"}),
        ("K01", "patient", {"abandon_seconds": 3}),
    ):  # fmt: skip
        use_definition(
            code, way, params, from_on=date(2026, 10, 5), reason=f"council on {code}", by=cast.quan
        )
    with django_assert_max_num_queries(30):
        html = client.get(url, headers=ENGLISH).content.decode()
    assert "3 of them were decided here" in html
    for words in (
        "Of the customers who got in touch, each once a day", "Window: 24 hours",
        "Transferred contacts: do not count", "2026-10-05 · Quan", "council on K14",
        "Of all conversations",  # what was not taken stays visible
    ):  # fmt: skip
        assert words in html, words
    assert as_(cast.nora).get(url).status_code == 403
