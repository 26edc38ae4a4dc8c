"""The settings of human inspection, and the page of them that everybody may read."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.inspections.factories import make_sheet
from lingzhi.inspections.models import Plan, Policy
from lingzhi.inspections.queries.policies import policy_of, site_of
from lingzhi.inspections.services.policies import set_policy

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}
SENT = {
    "recheck_ratio": "12.5", "second_ratio": "0", "gold_ratio": "0", "silent_days": "5",
    "appeal_days": "14", "appeal_level_days": "2", "appeal_rounds": "1", "close_day": "8",
    "purposes": "Better service, never pay alone.", "smallest_group": "6", "keep_days": "730",
    "shows_watchers": "on", "level_1": "team_leader", "level_2": "quality_manager",
}  # fmt: skip


def url(cast, name="policy"):
    return reverse(f"inspections:{name}", args=[cast.hotline.pk])


def page(client, address):
    answer = client.get(address, headers=ENGLISH)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_settings_are_kept_with_what_they_were(as_, cast):
    answer = as_(cast.quan).post(url(cast), SENT)
    assert answer.status_code == 302
    held = policy_of(cast.first)
    assert (held.unit, held.recheck_ratio, held.appeal_days) == (cast.hotline, 0.125, 14)
    assert held.appeal_levels == ["team_leader", "quality_manager"]
    assert held.changed_by == cast.quan
    entry = Entry.objects.get(action="inspections.policy_set")
    assert (entry.before["appeal_days"], entry.after["appeal_days"]) == (7, 14)


def test_what_does_not_change_leaves_no_trace(as_, cast):
    as_(cast.quan).post(url(cast), SENT)
    held = policy_of(cast.first)
    set_policy(cast.hotline, {"appeal_days": 14}, by=cast.quan)
    assert Entry.objects.filter(action="inspections.policy_set").count() == 1
    assert policy_of(cast.first).changed_at == held.changed_at


@pytest.mark.parametrize(
    "wrong", [{"recheck_ratio": "101"}, {"close_day": "31"}, {"level_2": "team_leader"}]
)
def test_settings_that_make_no_sense_are_refused(as_, cast, wrong):
    assert as_(cast.quan).post(url(cast), SENT | wrong).status_code == 422
    assert not Policy.objects.exists()


@pytest.mark.parametrize("who", ["ada", "bo", "ines", "sol"])
def test_others_do_not_set_them(as_, cast, who):
    assert as_(getattr(cast, who)).post(url(cast), SENT).status_code == 403


def test_nobody_sets_them_beyond_their_reach(as_, cast):
    address = reverse("inspections:policy", args=[cast.company.pk])
    assert as_(cast.quan).post(address, SENT).status_code == 403
    listed = page(as_(cast.quan), reverse("inspections:policies"))
    assert "热线中心" in listed
    assert reverse("inspections:policy", args=[cast.company.pk]) not in listed


def test_everybody_reads_by_which_rules_they_are_inspected(as_, cast):
    make_sheet(cast.quan)
    as_(cast.quan).post(url(cast), SENT)
    for person in (cast.bo, cast.ada, cast.nora):
        found = page(as_(person), url(cast, "fair_at"))
        assert "Better service, never pay alone." in found
        assert "12.5" in found
        assert "14 days after the release" in found
        assert "by Quan" in found
        assert "通话评分" in found
    assert "Change the settings" not in page(as_(cast.bo), url(cast, "fair_at"))


def test_ones_own_site_is_shown_first(as_, cast):
    assert site_of(cast.bo) == cast.hotline
    assert site_of(cast.nora) == cast.company
    assert "热线中心" in page(as_(cast.bo), reverse("inspections:fair"))


def test_a_covert_plan_is_not_named(as_, cast):
    sheet = make_sheet(cast.quan).sheet
    for title, openness, until in (("Open plan", "open", None), ("Secret", "covert", today())):
        Plan.objects.create(
            title=title, unit=cast.first, sheet=sheet, openness=openness, covert_until=until,
            seed=1, from_on=today(), state="active", created_at=now(), created_by=cast.quan,
        )  # fmt: skip
    found = page(as_(cast.bo), url(cast, "fair_at"))
    assert "Open plan" in found
    assert "Secret" not in found
