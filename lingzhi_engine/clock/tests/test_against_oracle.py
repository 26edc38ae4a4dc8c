"""Generated stories equal a walk minute by minute; benchmarks/clock.py has 10,000 of them."""

import pytest

from lingzhi_engine.clock.tests.stories import stories


@pytest.mark.slow
def test_generated_stories_equal_the_walk():
    told = stories(200, pairs=10)
    assert [story for story in told if story.engine_says() != story.oracle_says()] == []
