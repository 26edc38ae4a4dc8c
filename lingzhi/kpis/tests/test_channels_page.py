"""Channels side by side: each with n and interval, apart only where chance does not explain it."""

from datetime import timedelta

from django.urls import reverse

from lingzhi.conftest import LONG_AGO
from lingzhi.core.clock import today
from lingzhi.kpis.factories import make_fact
from lingzhi.kpis.queries import Scope, headline, last_days
from lingzhi.kpis.queries.channels import answer_targets, side_by_side
from lingzhi.kpis.services import Aim, ensure_definition, set_target

URL = reverse("kpis:channels")
DAY = today() - timedelta(days=1)


def norm(cast, channel, indicator, variant, percent, **params):
    definition = ensure_definition(indicator, variant, params, by=None)
    aim = Aim(percent, channel=channel)
    set_target(definition, cast.hotline, aim, from_on=LONG_AGO, reason="x", by=cast.quan)
    return definition


def test_what_chance_explains_is_no_difference(as_, cast):
    calls = norm(cast, "phone", "T02", "offered", 80, limit=20)
    chats = norm(cast, "chat", "K06", "within", 90, limit=60, channels=["chat"])
    solved = ensure_definition("K07", "no_repeat", {}, by=None)
    assert headline("K07") == solved
    for definition, channel, above, below in (
        (calls, "phone", 80, 100), (chats, "chat", 50, 100),
        (solved, "phone", 66, 100), (solved, "chat", 60, 100), (solved, "visit", 1, 10),
    ):  # fmt: skip
        make_fact(DAY, above, below, definition=definition, unit=cast.first, channel=channel)
    scope = Scope.of_unit(cast.hotline)
    table = side_by_side(scope, last_days(30, DAY), answer_targets(cast.hotline))
    standings = {
        (name, channel): (one.standing, one.tone)
        for name, row in table.items() for channel, one in row.items()
    }  # fmt: skip
    # Newcombe, at 1 − 5 % ÷ number of channels: 0.80 − 0.50 lies in 0.150–0.432, and of three
    # channels 66/100 − 61/110 in −0.055–0.258.
    assert standings == {
        ("norm", "phone"): ("above", "good"), ("norm", "chat"): ("below", "bad"),
        ("K07", "phone"): ("alike", "plain"), ("K07", "chat"): ("alike", "plain"),
        ("K07", "visit"): ("unknown", "plain"),
    }  # fmt: skip
    html = " ".join(
        as_(cast.ada).get(URL, headers={"Accept-Language": "en"}).content.decode().split()
    )
    for words in (
        "within 20 seconds",
        "≥ 90%",
        "n = 100",
        "below the other channels",
        "Cannot be said",
    ):
        assert (words in html) == (words != "Cannot be said"), words
    assert as_(cast.nora).get(URL).status_code == 403
