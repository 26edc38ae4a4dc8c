"""A pilot runs beside what holds for everybody, ends by itself, and is decided on once."""

from datetime import timedelta

import pytest
import time_machine

from lingzhi.audit.models import Entry
from lingzhi.core.clock import now, today
from lingzhi.core.errors import BadInput
from lingzhi.rulebook.factories import settle_all
from lingzhi.rulebook.models import Control, Version
from lingzhi.rulebook.queries import (
    controls_in_force,
    open_draft,
    open_pilots,
    unread_by,
    version_in_force,
)
from lingzhi.rulebook.services import (
    DraftExists,
    NotAPilot,
    decide_pilot,
    revise,
    save_answers,
    set_baseline,
    set_pilot,
    submit_version,
)

pytestmark = pytest.mark.usefixtures("small_packs")
DAY = timedelta(days=1)


@pytest.fixture
def pilot(in_force, cast):
    """Two rings for the first team, thirty days long, beside three for everybody."""
    version = revise(in_force.regulation, reason_kind="feedback", reason="faster", by=cast.quan)
    save_answers(version, {"ring": {"limit": 2}}, by=cast.quan)
    until = today() + 30 * DAY
    set_pilot(version, units=[cast.first], channels=[], until=until, by=cast.quan)
    submit_version(version, effective_on=today(), by=cast.quan)
    return Version.objects.get(pk=version.pk)


def _limits(unit, day=None):
    day = day or today()
    return [one.values["limit"] for one in controls_in_force(day, day, kind="target", unit=unit)]


def test_it_holds_for_its_team_alone_and_takes_the_others_place_there(pilot, in_force, cast):
    assert version_in_force(in_force.regulation) == in_force
    assert open_pilots(in_force.regulation) == [pilot]
    assert (_limits(cast.first), _limits(cast.second)) == ([2], [3])
    assert set(unread_by(pilot)) == {cast.ada, cast.bo, cast.bea}


def test_it_ends_by_itself(pilot, in_force, cast):
    with time_machine.travel(now() + 31 * DAY, tick=False):
        assert _limits(cast.first) == [3]
        assert open_pilots(in_force.regulation) == [pilot]  # until somebody decides
        assert settle_all() == 4
        assert not Control.objects.filter(clause__version=pilot, ended_at=None).exists()
        assert Control.objects.filter(clause__version=in_force, ended_at=None).count() == 4
        decide_pilot(pilot, "dropped", note="no better than three rings", by=cast.quan)
        assert open_pilots(in_force.regulation) == []


def test_the_days_of_a_pilot_are_cut_out_of_the_rest(pilot, in_force, cast):
    far = today() + 60 * DAY
    found = controls_in_force(today(), far, kind="target")
    mine = [one for one in found if one.values["limit"] == 3]
    assert [one.except_paths for one in mine] == [(cast.first.path,), ()]
    assert mine[0].to_on == pilot.pilot_until == mine[1].from_on - DAY


def test_the_figures_before_are_kept_once(pilot, in_force, cast):
    set_baseline(pilot, {"K03": [80, 100]})
    set_baseline(pilot, {"K03": [99, 100]})
    assert Version.objects.get(pk=pilot.pk).baseline == {"K03": [80, 100]}
    with pytest.raises(NotAPilot):
        set_baseline(in_force, {"K03": [80, 100]})


def test_extending_it_drafts_the_version_for_everybody(pilot, in_force, cast):
    draft = decide_pilot(pilot, "extended", note="it worked", by=cast.quan)
    assert draft == open_draft(in_force.regulation)
    assert (draft.is_pilot, draft.answers, draft.number) == (False, pilot.answers, 3)
    submit_version(draft, effective_on=today() + DAY, by=cast.quan)
    with pytest.raises(NotAPilot):
        decide_pilot(pilot, "dropped", note="no", by=cast.quan)
    assert Entry.objects.filter(action="rulebook.pilot_decided").count() == 1


def test_extending_waits_while_another_draft_is_written(pilot, in_force, cast):
    revise(in_force.regulation, reason_kind="feedback", reason="more", by=cast.quan)
    with pytest.raises(DraftExists):
        decide_pilot(pilot, "extended", note="it worked", by=cast.quan)
    assert Version.objects.get(pk=pilot.pk).decision == ""


def test_giving_it_up_ends_it(pilot, cast):
    assert decide_pilot(pilot, "dropped", note="no use", by=cast.quan) is None
    with time_machine.travel(now() + DAY, tick=False):
        assert _limits(cast.first) == [3]


def test_a_decision_needs_words_and_a_pilot(pilot, in_force, cast):
    with pytest.raises(BadInput):
        decide_pilot(pilot, "extended", note=" ", by=cast.quan)
    with pytest.raises(BadInput):
        decide_pilot(pilot, "perhaps", note="x", by=cast.quan)
    with pytest.raises(NotAPilot):
        decide_pilot(in_force, "dropped", note="x", by=cast.quan)
