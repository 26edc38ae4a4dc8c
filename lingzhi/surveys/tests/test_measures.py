"""Indicators of surveys: asked of those due, answered of those asked, satisfied of these."""

from datetime import timedelta

import pytest

from lingzhi.core.clock import now, today
from lingzhi.core.measures import Place, measures
from lingzhi.surveys.tests.saying import due, rule, say

pytestmark = pytest.mark.django_db
ANY = {"mode": "any", "occasion": "any"}
FIRST, LAST = today() - timedelta(days=60), today()


def counted(code, **params):
    """Numerator, denominator and unknown of the last two months."""
    cells = list(measures()[f"surveys.{code}"].cells({**ANY, **params}, FIRST, LAST))
    return tuple(sum(one[at] for one in cells) for at in (4, 5, 6))


@pytest.fixture
def asked(cast):
    """One of each: answered, silent, still open, forgotten, spared, not known."""
    by, unit, agent = rule(), cast.first, cast.bo
    say(due(by, unit=unit, agent=agent), overall=5, attitude=2, nps=9)
    due(by, unit=unit, agent=agent)
    due(by, unit=unit, agent=agent, expires_at=now() + timedelta(days=1))
    due(by, unit=unit, agent=agent, state="withheld", reason="not_asked")
    due(by, unit=unit, agent=agent, state="withheld", reason="cooldown")
    due(by, unit=unit, agent=agent, state="unknown")
    return by


def test_asked_of_those_due_and_answered_of_those_asked(asked):
    assert counted("invited") == (3, 4, 1)
    assert counted("invited", due="every") == (3, 5, 1)
    assert counted("answered") == (1, 2, 1)


def test_one_word_a_person_and_ways_apart(asked, cast):
    say(due(rule(mode="phone"), unit=cast.first), overall=2, efficiency=5, nps=3)
    say(due(rule("complaint"), unit=cast.first), attitude=5, efficiency=3, ces=7)
    assert counted("satisfied", dimension="overall")[:2] == (2, 3)
    assert counted("satisfied", dimension="overall", mode="phone")[:2] == (0, 1)
    assert counted("satisfied", dimension="overall", occasion="complaint")[:2] == (1, 1)
    assert counted("satisfied", dimension="attitude")[:2] == (1, 2)
    assert counted("satisfaction", dimension="attitude")[:2] == (125, 2)
    assert counted("net_promoters")[:2] == (0, 2)
    assert counted("effort")[:2] == (100, 1)


def test_the_answers_behind_a_figure_are_those_of_the_place(asked, cast):
    satisfied = measures()["surveys.satisfied"]
    given = {**ANY, "dimension": "overall"}
    assert len(satisfied.rows(given, Place(cast.first.path), FIRST, LAST)) == 1
    assert len(satisfied.rows(given, Place(agent_id=cast.ada.pk), FIRST, LAST)) == 0
    rows = measures()["surveys.answered"].rows(ANY, Place(cast.first.path), FIRST, LAST)
    assert sorted(one.numerator for one in rows[:9]) == [0, 1]
