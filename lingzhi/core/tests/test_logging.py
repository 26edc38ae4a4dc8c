import json
import logging

import pytest

from lingzhi.core.logging import configure_logging
from lingzhi.core.origin import Origin, current_origin


@pytest.fixture
def line():
    """Render a standard log record as the program writes it."""
    config = configure_logging("json", "INFO")["formatters"]["line"]
    formatter = config["()"](
        processors=config["processors"], foreign_pre_chain=config["foreign_pre_chain"]
    )

    def render(message, *args, **extra):
        record = logging.LogRecord("lingzhi.x", logging.WARNING, "f", 1, message, args, None)
        return json.loads(formatter.format(record))

    return render


def test_a_line_is_one_json_object(line):
    written = line("took %s rows of 质检", 3)
    assert written["event"] == "took 3 rows of 质检"
    assert (written["level"], written["logger"]) == ("warning", "lingzhi.x")
    assert written["timestamp"].endswith("Z")
    assert "request_id" not in written


def test_a_line_carries_the_request_it_belongs_to(line):
    token = current_origin.set(Origin("abc", "", "web"))
    try:
        assert line("hello")["request_id"] == "abc"
    finally:
        current_origin.reset(token)
