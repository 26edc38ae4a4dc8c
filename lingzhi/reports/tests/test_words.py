"""Sentences about targets: clearly missed, missed by no more than chance explains, met."""

import pytest
from django.utils.translation import override

from lingzhi.reports.presenting.words import aims, stands


def figure(code: str, state: str, **own):
    return {"code": code, "state": state, "target": 95.0, "low": 0.5, "high": 0.6, **own}


def test_a_missed_target_within_the_interval_is_not_sure():
    assert stands(figure("K01", "missed")) == "missed"
    assert stands(figure("K01", "missed", high=0.98)) == "unsure"
    assert stands(figure("K02", "missed", low=None, high=None)) == "missed"
    assert stands(figure("K01", "met", high=0.98)) == "met"
    assert stands(figure("K01", "unknown", target=None)) == ""


@pytest.mark.parametrize(
    ("figures", "lines"),
    [
        ([], []),
        ([figure("K01", "unknown")], []),
        ([figure("K01", "met"), figure("K03", "met")], ["All 2 targets are met."]),
        ([figure("K01", "met"), figure("K03", "warning")], ["Target missed: Timely answer rate."]),
        (
            [figure("K01", "missed", high=0.98)],
            ["Target missed, though by no more than chance explains: Connect rate."],
        ),
    ],
)
def test_missed_targets_are_named(figures, lines):
    with override("en"):
        assert aims(figures) == lines
