import pytest
from django.urls import reverse

URL = reverse("search")


@pytest.mark.parametrize("text", ["calls-11", "PBX"])
def test_a_file_or_source_leads_to_the_import(as_, cast, received, text):
    batch = received(name="calls-11.csv")
    page = as_(cast.quan).get(URL, {"q": text}).content.decode()
    assert reverse("imports:detail", args=[batch.pk]) in page


def test_imports_of_others_are_not_found(as_, cast, hold, received):
    batch = received(name="calls-11.csv")
    hold(cast.nora, "quality_manager", cast.first)
    page = as_(cast.nora).get(URL, {"q": "calls-11"}).content.decode()
    assert reverse("imports:detail", args=[batch.pk]) not in page
