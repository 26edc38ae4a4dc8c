"""Beginning an adoption in the browser: the pack, and whom it shall hold for."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.rulebook.models import Version
from lingzhi.rulebook.tests.doors import leads_to_sign_in, refused, words

pytestmark = pytest.mark.usefixtures("small_packs")
URL = "/rulebook/packs/small/adopt/"


def test_it_begins_a_draft_and_goes_on_to_its_figures(as_, cast):
    answer = as_(cast.quan).post(URL, {"unit": cast.hotline.pk})
    version = Version.objects.get()
    assert answer["Location"] == reverse("rulebook:figures", args=[version.pk])
    assert version.regulation.unit == cast.hotline
    assert Entry.objects.filter(action="rulebook.adoption_started", actor_id=cast.quan.pk).exists()


def test_it_offers_only_units_one_writes_for(as_, cast):
    form = as_(cast.quan).get(URL).context["form"]
    assert cast.hotline in form.fields["unit"].queryset
    assert cast.company not in form.fields["unit"].queryset


@pytest.mark.parametrize("unit", ["", "0", "company"])
def test_another_unit_is_refused_beside_its_field(as_, cast, unit):
    given = cast.company.pk if unit == "company" else unit
    answer = as_(cast.quan).post(URL, {"unit": given})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["unit"]


def test_what_is_adopted_is_not_adopted_again(as_, cast, in_force):
    assert as_(cast.quan).post(URL, {"unit": cast.hotline.pk}).status_code == 409


def test_a_pack_is_shown_before_it_is_adopted(as_, cast):
    answer = as_(cast.quan).get("/rulebook/packs/small/")
    assert "应答时限" in words(answer)
    assert answer.context["pack"].open_figures == 1


def test_the_doors(client, cast):
    assert refused(client, "adopt", ["small"], by=cast.bo) == 403
    assert refused(client, "adopt", ["none"], by=cast.quan) == 404
    assert refused(client, "pack", ["none"], by=cast.quan) == 404
    assert refused(client, "pack", ["small"], by=cast.bo) == 403
    assert refused(client, "pack", ["small"], by=cast.quan, method="post") == 405
    assert leads_to_sign_in(client, "adopt", ["small"])
