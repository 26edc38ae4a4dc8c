"""Ways of counting, targets and entered figures: set by who may, recorded, refused to others."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.jobs.models import Job
from lingzhi.kpis.checks import sums_are_whole
from lingzhi.kpis.dictionary import indicators
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.models import DaySum, Definition, Fact, Indicator, ManualValue, Target, Use
from lingzhi.kpis.queries import Scope, figure, headline, month_of
from lingzhi.kpis.services import (
    Aim,
    Entered,
    bind_target,
    confirm_value,
    ensure_definition,
    enter_value,
    set_target,
)
from lingzhi.kpis.services.aiming import Source
from lingzhi.org.services import seed_posts

DEFINE = reverse("kpis:define", args=["K03", "seconds"])
TARGET = reverse("kpis:set_target", args=["K03"])
VALUE = reverse("kpis:enter_value", args=["K38"])
LIMIT = {
    "param_limit": 15, "param_start": "ringing", "param_abandons": "out",
    "from_on": "2026-10-01", "reason": "As agreed",
}  # fmt: skip


def acts() -> list[str]:
    return list(
        Entry.objects.filter(action__startswith="kpis")
        .order_by("id")
        .values_list("action", flat=True)
    )


def test_another_way_of_counting_is_put_in_use(as_, cast):
    make_fact(date(2026, 9, 1), 1, 2, unit=cast.first)
    assert as_(cast.quan).get(DEFINE).status_code == 200
    assert as_(cast.quan).post(DEFINE, LIMIT).status_code == 302
    used = headline("K03")
    assert (used.variant, used.params["limit"]) == ("seconds", 15)
    assert Use.objects.get().reason == "As agreed"
    assert "kpis.definition_used" in acts()
    assert Job.objects.filter(name="kpis.count_past").exists()


def test_the_same_parameters_are_the_same_definition(as_, cast):
    for reason in ("first", "again"):
        as_(cast.quan).post(DEFINE, {**LIMIT, "reason": reason})
    assert Use.objects.count() == 2
    assert Use.objects.values("definition").distinct().count() == 1


def test_bad_parameters_come_back(as_, cast):
    answer = as_(cast.quan).post(DEFINE, {**LIMIT, "param_limit": -1})
    assert answer.status_code == 422
    assert not Use.objects.exists()


def target(cast, **own):
    definition = ensure_definition("K03", "rings", {}, by=None)
    return {
        "definition": definition.pk, "unit": cast.first.pk, "value": 95, "warning": 85,
        "period": "monthly", "from_on": "2026-10-01", "reason": "Plan", **own,
    }  # fmt: skip


def test_a_target_is_set_and_ends_the_one_before(as_, cast):
    client = as_(cast.quan)
    assert client.get(TARGET).status_code == 200
    client.post(TARGET, target(cast))
    client.post(TARGET, target(cast, value=97, from_on="2026-11-01"))
    old, new = Target.objects.order_by("from_on")
    assert (old.value, old.to_on) == (95, date(2026, 10, 31))
    assert (new.value, new.to_on) == (97, None)
    assert acts().count("kpis.target_set") == 2


@pytest.mark.parametrize(
    "wrong", [{"value": 101}, {"warning": 96}, {"unit": 0}, {"reason": ""}, {"period": "hourly"}]
)
def test_a_wrong_target_comes_back(as_, cast, wrong):
    assert as_(cast.quan).post(TARGET, target(cast, **wrong)).status_code == 422
    assert not Target.objects.exists()


def test_a_target_is_ended_once(as_, cast):
    definition = ensure_definition("K03", "rings", {}, by=None)
    made = set_target(definition, cast.first, Aim(95), from_on=date(2026, 1, 1), reason="x",
                      by=cast.quan)  # fmt: skip
    url = reverse("kpis:end_target", args=[made.pk])
    body = {"on": "2026-11-01", "reason": "Changed"}
    assert as_(cast.quan).post(url, body).status_code == 302
    assert as_(cast.quan).post(url, body).status_code == 409
    assert as_(cast.quan).get(url).status_code == 405
    assert Target.objects.get().to_on == date(2026, 11, 1)


def test_a_target_of_the_rulebook_is_not_ended_here(as_, cast):
    definition = ensure_definition("K03", "rings", {}, by=None)
    source = Source(7, "s26 2.1 ring", date(2026, 1, 1), None)
    made = bind_target(definition, cast.first, Aim(95), source, by=None)
    url = reverse("kpis:end_target", args=[made.pk])
    body = {"on": "2026-11-01", "reason": "Changed"}
    assert as_(cast.quan).post(url, body).status_code == 409


def entered(cast, **own):
    return {
        "asked": "lost", "unit": cast.hotline.pk, "from_on": "2026-10-01", "to_on": "2026-10-31",
        "numerator": 12, "denominator": 400, "evidence": "Shop system", **own,
    }  # fmt: skip


def test_a_figure_is_entered_confirmed_by_another_and_replaced(as_, cast, hold):
    client = as_(cast.quan)
    file = SimpleUploadedFile("churn.csv", b"a,b")
    assert client.post(VALUE, entered(cast, file=file)).status_code == 302
    client.post(VALUE, entered(cast, numerator=14))
    value = ManualValue.objects.get(replaced_at=None)
    assert value.numerator == 14
    assert not Fact.objects.exists()
    confirm = reverse("kpis:confirm_value", args=[value.pk])
    assert client.post(confirm).status_code == 409  # who entered it has no second pair of eyes
    hold(cast.nora, "quality_manager", cast.hotline)
    assert client.get(reverse("kpis:values")).content.decode().count(confirm) == 0
    page = as_(cast.nora).get(reverse("kpis:values"), headers={"Accept-Language": "en"})
    assert "Shop system" in page.content.decode()
    assert client.post(confirm).status_code == 302
    assert client.post(confirm).status_code == 409
    assert acts().count("kpis.value_confirmed") == 1
    fact = Fact.objects.get()
    assert (fact.day, fact.numerator, fact.denominator) == (date(2026, 10, 31), 14, 400)
    assert not list(sums_are_whole())
    first = ManualValue.objects.get(numerator=12)
    taken = client.get(reverse("kpis:value_file", args=[first.pk]))
    assert BytesIO(b"".join(taken.streaming_content)).read() == b"a,b"
    assert acts().count("kpis.value_entered") == 2


BY_HAND = {  # numerator, denominator, and what they come to in the unit of the indicator
    "K23": (8640, 96, 90), "K31": (4100, 50, 82), "K32": (36, 40, 90), "K34": (4250, 50, 85),
    "K36": (550, 50, 11), "K37": (620, 1000, 62), "K38": (12, 400, 3),
}  # fmt: skip


def test_what_no_module_counts_yet_is_entered_by_one_and_confirmed_by_another(cast):
    days = (date(2026, 10, 1), date(2026, 10, 31))
    for code, (above, below, figure_) in BY_HAND.items():
        variant = indicators()[code].main.code
        way = (variant, {"topics": ["新规"]}) if code == "K31" else (variant, {})
        asked = Entered(*days, above, below, "抽查记录")
        value = enter_value(code, cast.hotline, asked, way=way, by=cast.quan)
        confirm_value(value, by=cast.sol)
        found = figure(value.definition, Scope.of_unit(cast.company), month_of(days[0]))
        assert found.value == figure_, code
        assert value.definition.way.is_by_hand


def test_training_is_told_by_hours_and_by_cadence_and_topics(as_, cast):
    """Hours a year; and, apart from them, whether everybody was trained each week in products."""
    client, url = as_(cast.quan), reverse("kpis:enter_value", args=["K31"])
    define = reverse("kpis:define", args=["K31", "cadence"])
    given = {"param_period": "week", "param_topics": "产品", "from_on": "2026-10-01", "reason": "x"}
    assert client.post(define, given).status_code == 302
    made = Definition.objects.get()
    assert made.params == {"period": "week", "topics": ["产品"]}
    weekly = entered(cast, asked=f"cadence-{made.pk}", numerator=48, denominator=50)
    assert client.post(url, weekly).status_code == 302
    assert (
        client.post(url, entered(cast, asked="hours", numerator=4100, denominator=50)).status_code
        == 302
    )
    units = {one.definition.variant: one.definition.unit for one in ManualValue.objects.all()}
    assert units == {"cadence": "percent", "hours": "hours"}


@pytest.mark.parametrize(
    "wrong",
    [{"numerator": 401}, {"denominator": 0}, {"to_on": "2026-09-01"}, {"evidence": ""},
     {"to_on": "2999-01-01"}],
)  # fmt: skip
def test_what_is_no_share_comes_back(as_, cast, wrong):
    assert as_(cast.quan).post(VALUE, entered(cast, **wrong)).status_code == 422
    assert not Fact.objects.exists()


def test_an_entered_figure_is_withdrawn_once(as_, cast):
    client = as_(cast.quan)
    client.post(VALUE, entered(cast))
    url = reverse("kpis:withdraw_value", args=[ManualValue.objects.get().pk])
    assert client.post(url, {"reason": "Wrong file"}).status_code == 302
    assert client.post(url, {"reason": "Wrong file"}).status_code == 409
    assert not Fact.objects.exists()
    assert not DaySum.objects.exists()


def test_an_owner_is_named(as_, cast):
    seed_posts(by=None)
    url = reverse("kpis:name_owner", args=["K03"])
    assert as_(cast.quan).post(url, {"post": "team_leader"}).status_code == 302
    assert Indicator.objects.get(code="K03").owner_post == "team_leader"
    assert "kpis.owner_named" in acts()


@pytest.mark.parametrize("url", [DEFINE, TARGET, VALUE])
def test_who_may_not_manage_is_refused(as_, cast, client, url):
    assert as_(cast.ada).get(url).status_code == 403
    assert as_(cast.ada).post(url, {}).status_code == 403
    client.logout()
    assert client.post(url, {}).status_code == 302


def test_a_unit_out_of_reach_cannot_be_aimed_for(as_, cast):
    answer = as_(cast.quan).post(TARGET, target(cast, unit=cast.company.pk))
    assert answer.status_code == 422
    assert not Target.objects.exists()
