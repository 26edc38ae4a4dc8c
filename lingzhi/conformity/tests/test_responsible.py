"""Who answers for a clause is named on the pages, or nobody is."""

from django.urls import reverse

from lingzhi.kpis.services import name_owner
from lingzhi.org.services import change_unit

NUMBERS = ("1.1", "2.1", "2.2", "2.3", "2.4", "2.5")
ENGLISH = {"Accept-Language": "en"}


def page(client, house, name="regulation", *more) -> str:
    url = reverse(f"conformity:{name}", args=[house.regulation.pk, *more])
    return client.get(url, headers=ENGLISH).content.decode()


def test_nobody_is_named_where_nobody_is(as_, cast, house):
    assert "head of the unit" not in page(as_(cast.quan), house)


def test_the_head_of_the_unit_answers_for_what_no_post_answers_for(as_, cast, house):
    change_unit(house.regulation.unit, {"owner": cast.nora}, by=cast.ada)
    client = as_(cast.quan)
    words = f"{cast.nora.name} (head of the unit)"
    assert words in page(client, house)
    named = {number for number in NUMBERS if words in page(client, house, "clause", number)}
    assert named == set(NUMBERS) - {"1.1", "2.4"}  # a statement, and a duty with its post


def test_a_post_goes_before_the_head(as_, cast, house):
    change_unit(house.regulation.unit, {"owner": cast.nora}, by=cast.ada)
    name_owner("K03", "team_leader", by=cast.quan)
    control = house.control("shirking")
    control.values = {**control.values, "indicator": "K03"}
    control.save()
    html = page(as_(cast.quan), house, "clause", "2.1")
    assert "班组长" in html
    assert "head of the unit" not in html
