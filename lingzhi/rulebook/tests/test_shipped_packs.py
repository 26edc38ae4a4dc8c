"""Every pack that comes with the program can be adopted, one beside the other."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from lingzhi.core.clock import today
from lingzhi.org.services import seed_posts
from lingzhi.rulebook.factories import make_draft
from lingzhi.rulebook.models import Clause, Control
from lingzhi.rulebook.packs import body_of_pack, content_of, shipped_codes
from lingzhi.rulebook.queries import conflicts_of, gaps_of, quiz_of, regulations_for
from lingzhi.rulebook.quiz import quiz_for
from lingzhi.rulebook.services import start_adoption, submit_version

# What a number made up for tests would not do for: the target lies above its warning line.
ANSWERS = {"s25": {"accuracy": {"target": 90}}}


@pytest.mark.parametrize("code", shipped_codes())
def test_it_is_adopted_whole(code, cast):
    seed_posts(by=None)
    draft = make_draft(code, cast.hotline, by=cast.quan, answers=ANSWERS.get(code))
    submit_version(draft, effective_on=today(), by=cast.quan)
    clauses = Clause.objects.filter(version=draft)
    assert clauses.count() == len(draft.body["clauses"])
    assert not [row.number for row in clauses if "{" in "".join(row.text.values())]
    assert Control.objects.exists()
    assert gaps_of(draft) == []
    assert regulations_for(cast.first) == [draft.regulation]
    for question in quiz_of(draft):
        assert len(set(question.options)) >= 2
        assert 0 <= question.right < len(question.options)


def test_where_the_handbook_contradicts_itself_the_adopter_decides(cast):
    """Urgent is slower than usual, and complaints have two limits (V-04, V-08)."""
    draft = start_adoption("s25", cast.hotline, by=cast.quan)
    found = {
        (one.kind, one.first.number, one.second.number) for one in conflicts_of(draft) if one.second
    }
    assert found == {
        ("urgent", "3.1.1", "1.4.1"),
        ("limits", "3.1.1", "4.1.1"),
        ("limits", "1.4.3", "3.2.2"),
    }


def test_a_ladder_of_sanctions_is_shown_rung_by_rung(as_, cast):
    page = as_(cast.quan).get(
        reverse("rulebook:pack", args=["s26"]), headers={"Accept-Language": "en"}
    )
    rungs = ["Criticism", "Points off", "Warning", "Demotion", "Dismissal"]
    assert ", ".join(rungs) in page.content.decode()


def test_the_quiz_offers_figures_with_their_units(db):
    with override("en"):
        first = quiz_for(body_of_pack("s26"), {})[0]
    assert {option.partition(" ")[2] for option in first.options} == {"person", "people"}


def test_chinese_phrases_say_so_on_an_english_page(as_, cast):
    page = as_(cast.quan).get(
        reverse("rulebook:pack", args=["s25"]), headers={"Accept-Language": "en"}
    )
    assert '<b lang="zh">您说的不对' in page.content.decode()


@pytest.mark.parametrize("code", shipped_codes())
def test_it_says_for_whom_and_what_for_and_that_law_prevails(code, db):
    content = content_of(body_of_pack(code))
    assert content.applies_to
    assert content.purpose
    assert content.precedence
