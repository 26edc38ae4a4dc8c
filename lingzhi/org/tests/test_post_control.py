"""The control kind `post`: described, and held by enough people."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lingzhi.core.controls import Binding, Evidence, control_kinds
from lingzhi.org.models import Post, Unit
from lingzhi.org.services import create_unit, hold_post, seed_posts, withdraw_post
from lingzhi.org.services.posts import PostIsWithdrawn

DAY = date(2026, 11, 2)
KEPT, BROKEN, UNKNOWN = Evidence(kept=1), Evidence(broken=1), Evidence(unknown=1)


def binding(unit: Unit, **values) -> Binding:
    return Binding(
        control_id=1,
        reference="s26 2.1.1 post",
        kind="post",
        title={"en": "Post"},
        values=values,
        unit_id=unit.pk,
        unit_path=unit.path,
        from_on=DAY,
    )


def on(day: date, *bindings: Binding) -> list[Evidence | None]:
    found = control_kinds()["post"].evidence(bindings, day, day)
    return [days.get(day) for days in found]


@pytest.fixture
def posts(cast) -> dict[str, Post]:
    seed_posts(by=None)
    return {post.code: post for post in Post.objects.all()}


def test_a_post_that_is_held_is_kept_and_one_that_is_not_is_broken(cast, posts):
    hold_post(cast.quan, posts["supervisor"], cast.hotline, from_on=DAY, by=None)
    asked = [
        binding(cast.hotline, post="supervisor", per="centre", at_least=1),
        binding(cast.hotline, post="supervisor", per="centre", at_least=2),
        binding(cast.company, post="trainer", per="centre"),
    ]
    assert on(DAY, *asked) == [KEPT, BROKEN, BROKEN]


def test_each_team_of_the_service_line_is_a_check_of_its_own(cast, posts):
    hold_post(cast.ada, posts["team_leader"], cast.first, from_on=DAY, by=None)
    hold_post(cast.chen, posts["agent"], cast.second, from_on=DAY, by=None)
    create_unit(
        kind="team", name="质检组", code="qa", parent=cast.hotline, line="supervision", by=None
    )
    asked = binding(cast.hotline, post="team_leader", per="team")
    assert on(DAY, asked) == [KEPT + BROKEN]


def test_where_no_post_is_recorded_nothing_is_known(cast, posts):
    asked = binding(cast.hotline, post="team_leader", per="team")
    assert on(DAY, asked) == [UNKNOWN + UNKNOWN]


def test_a_post_counts_from_its_first_to_its_last_day(cast, posts):
    holding = hold_post(cast.quan, posts["supervisor"], cast.hotline, from_on=DAY, by=None)
    holding.to_on = DAY + timedelta(days=1)
    holding.save()
    hold_post(cast.ines, posts["inspector"], cast.hotline, from_on=DAY, by=None)
    asked = binding(cast.hotline, post="supervisor", per="centre")
    days = control_kinds()["post"].evidence([asked], DAY, DAY + timedelta(days=2))[0]
    assert list(days.values()) == [KEPT, KEPT, BROKEN]


def test_units_with_an_exception_and_closed_ones_are_not_asked(cast, posts):
    hold_post(cast.ada, posts["team_leader"], cast.first, from_on=DAY, by=None)
    asked = binding(cast.hotline, post="team_leader", per="team")
    narrowed = Binding(**{**_fields(asked), "except_paths": (cast.second.path,)})
    assert on(DAY, narrowed) == [KEPT]
    Unit.objects.filter(pk=cast.second.pk).update(
        closed_at=datetime(2026, 10, 1, tzinfo=UTC), closed_by=cast.sol
    )
    assert on(DAY, asked) == [KEPT]


def _fields(asked: Binding) -> dict:
    return {name: getattr(asked, name) for name in Binding.__dataclass_fields__}


def test_putting_it_to_work_describes_the_post_once(cast):
    kind = control_kinds()["post"]
    for _time in range(2):
        kind.apply(binding(cast.hotline, post="supervisor", per="centre"), cast.quan)
    assert Post.objects.get(code="supervisor").versions.count() == 1


def test_a_withdrawn_post_cannot_be_asked_for(cast, posts):
    withdraw_post(posts["trainer"], by=cast.sol)
    kind = control_kinds()["post"]
    asked = binding(cast.hotline, post="trainer", per="centre")
    assert [flaw.param for flaw in kind.check(asked.values)] == ["post"]
    with pytest.raises(PostIsWithdrawn):
        kind.apply(asked, cast.quan)


def test_the_figure_leads_to_the_post(cast, posts):
    asked = binding(cast.hotline, post="supervisor", per="centre")
    url = control_kinds()["post"].evidence_url(asked, DAY, DAY, "broken")
    assert url == f"/posts/{posts['supervisor'].pk}/"


def test_reading_does_not_grow_with_controls(cast, posts, django_assert_num_queries):
    asked = [binding(cast.hotline, post="agent", per="team") for _one in range(20)]
    with django_assert_num_queries(2):
        control_kinds()["post"].evidence(asked, DAY, DAY)
