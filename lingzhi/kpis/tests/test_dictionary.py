"""The dictionary has every indicator in two languages, and its page of the reference."""

from pathlib import Path

from django.urls import reverse
from django.utils import translation

from lingzhi.core.measures import measures
from lingzhi.kpis.dictionary import GROUPS, indicators
from lingzhi.kpis.reference import page
from lingzhi.kpis.services import name_owner
from lingzhi.org.services import seed_posts

ROOT = Path(__file__).parents[3]


def test_all_forty_are_there_with_words_in_both_languages():
    own = [f"Q{number:02}" for number in range(1, 13)]  # of inspection
    phone = [f"T{number:02}" for number in range(1, 8)]
    heard = [f"V{number:02}" for number in range(1, 5)]  # of surveys
    first = [f"K{number:02}" for number in range(1, 41)]
    assert list(indicators()) == [*first, *own, *phone, *heard]
    for entry in indicators().values():
        assert entry.group in GROUPS
        assert all(set(texts) == {"zh-Hans", "en"} for texts in entry.texts.values()), entry.code


def test_every_way_names_a_measure_and_parameters_that_it_has():
    for entry in indicators().values():
        for way in entry.variants.values():
            if not way.is_by_hand:
                known = {param.name for param in measures()[way.measure_code].params}
                assert set(way.params) <= known, (entry.code, way.code)


def test_a_way_of_counting_has_the_same_words_with_every_indicator():
    """A clause says the way by its code, without its indicator beside it."""
    words: dict[str, str] = {}
    for entry in indicators().values():
        for way in entry.variants.values():
            for language in ("zh-hans", "en"):
                with translation.override(language):
                    assert words.setdefault(f"{way.code} {language}", way.words) == way.words


def test_connect_rate_speed_and_timely_answer_are_three(cast):
    one, two, three = (indicators()[code].main.measure_code for code in ("K01", "K02", "K03"))
    assert len({one, two, three}) == 3
    assert indicators()["K03"].variants["rings"] != indicators()["K03"].variants["seconds"]


def test_the_reference_page_is_the_dictionary():
    file = ROOT / "docs" / "reference" / "indicators.md"
    assert file.read_text() == page()


def test_the_page_lists_every_indicator_by_group_with_its_owner(as_, cast):
    seed_posts(by=None)
    name_owner("K03", "team_leader", by=cast.quan)
    html = as_(cast.bo).get(reverse("kpis:dictionary")).content.decode()
    assert all(entry.name in html for entry in indicators().values())
    assert "班组长" in html
