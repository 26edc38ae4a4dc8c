import pytest
from django.urls import reverse

from lingzhi.inspections.factories import make_rule

ENGLISH = {"Accept-Language": "en"}


@pytest.mark.parametrize("text", ["推诿", "shirk", "ownership.sh"])
def test_a_rule_is_found_by_title_and_code(as_, cast, text):
    version = make_rule()
    page = as_(cast.ada).get(reverse("search"), {"q": text}, headers=ENGLISH).content.decode()
    assert reverse("inspections:rule", args=[version.rule_id]) in page


def test_who_may_not_see_findings_finds_no_rule(as_, cast):
    make_rule()
    page = as_(cast.nora).get(reverse("search"), {"q": "shirk"}, headers=ENGLISH).content.decode()
    assert "ownership.shirking" not in page
