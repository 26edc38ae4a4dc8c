"""A supervisor asks customers on the spot: kept, counted, and answered where something is to do."""

from datetime import timedelta

from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.surveys.models import SolicitedOpinion
from lingzhi.surveys.queries.opinions import counted_outlets, counted_people
from lingzhi.surveys.subjects import OPINIONS


def at(name):
    return reverse(f"surveys:{name}")


def test_an_opinion_is_kept_counted_and_answered_by_a_case(cast, as_):
    quan = as_(cast.quan)
    numbers = {"unit": cast.hotline.pk, "an_outlet": "2", "a_person": "3"}
    assert quan.post(at("opinion_quota"), numbers).status_code == 302
    assert quan.get(at("add_opinion")).status_code == 403  # who manages does not solicit
    assert as_(cast.bo).get(at("add_opinion")).status_code == 403
    ada = as_(cast.ada)
    assert ada.get(at("opinion_quota")).status_code == 403
    other = {"unit": cast.second.pk, "kind": "praise", "words": "好"}
    assert ada.post(at("add_opinion"), other).status_code == 422  # not her outlet
    said = {
        "unit": cast.first.pk, "kind": "suggestion", "words": "大厅加两把椅子，联系13800002079",
        "wants_action": "on", "name": "王女士", "phone": "13800002079",
    }  # fmt: skip
    assert ada.post(at("add_opinion"), said | {"words": " "}).status_code == 422
    assert ada.post(at("add_opinion"), said | {"again": "1"}).url == at("add_opinion")
    nothing = {"unit": cast.first.pk, "kind": "nothing", "name": "李先生"}
    assert ada.post(at("add_opinion"), nothing).url == at("opinions")
    plain, found = SolicitedOpinion.objects.order_by("-pk")
    assert "13800002079" not in found.words
    assert (found.case.type.flow.code, found.case.unit) == ("feedback", cast.first)
    assert found.case.customer == found.customer
    assert (plain.customer, plain.case) == (None, None)
    assert Entry.objects.filter(action="surveys.opinion_kept").count() == 2

    month = today().replace(day=1)
    outlets = {one.name: one for one in counted_outlets(cast.quan, month)}
    assert (outlets[cast.first.name].number, outlets[cast.first.name].lacks) == (2, 0)
    assert outlets[cast.second.name].lacks == 2
    people = {one.name: one for one in counted_people(cast.quan, month)}
    assert (people["Ada"].lacks, people["Cai"].lacks) == (1, 3)
    assert "Quan" not in people
    page = as_(cast.cai).get(at("opinions")).content.decode()
    assert "椅子" not in page  # another team's
    assert "椅子" in as_(cast.quan).get(at("opinions")).content.decode()

    key = [found.customer_id]
    assert (OPINIONS.count(key), OPINIONS.erase(key)) == (1, 1)
    assert SolicitedOpinion.objects.get(pk=found.pk).words == ""
    SolicitedOpinion.objects.update(asked_at=now() - timedelta(days=62))
    assert {one.number for one in counted_outlets(cast.quan, month)} == {0}
