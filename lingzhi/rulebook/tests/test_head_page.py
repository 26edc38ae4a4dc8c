from django.urls import reverse

from lingzhi.rulebook.factories import make_version


def test_a_regulation_shows_its_purpose_and_principles(as_, cast):
    version = make_version("s26", cast.hotline, by=cast.quan)
    url = reverse("rulebook:regulation", args=[version.regulation_id])
    page = as_(cast.bo).get(url).content.decode()
    for principle in version.body["principles"]:
        assert principle["zh-Hans"] in page
    assert version.body["purpose"]["zh-Hans"] in page
