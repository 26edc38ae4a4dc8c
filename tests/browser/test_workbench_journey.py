"""Words are selected and pinned by one key; the time beside a turn plays from there."""

import io
import math
import re
import struct
import wave

import pytest
from playwright.sync_api import Page, expect

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.services import add_recording
from lingzhi.inspections import services
from lingzhi.inspections.models import Pin, Review
from lingzhi.inspections.tests.test_reviews import CONTENT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
SECONDS, RATE = 12, 8000
SELECT = """([turn, from, to]) => {
  const words = document.querySelector(`#turn-${turn} .lz-turn-text`).firstChild;
  const range = document.createRange();
  range.setStart(words, from); range.setEnd(words, to);
  getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


def _sound() -> io.BytesIO:
    """A tone with a silent stretch in its middle."""
    found = io.BytesIO()
    with wave.open(found, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        tone = (
            0 if 4 < at / RATE < 8 else int(9000 * math.sin(at / 6)) for at in range(SECONDS * RATE)
        )
        file.writeframes(b"".join(struct.pack("<h", one) for one in tone))
    found.seek(0)
    return found


@pytest.fixture
def draft(cast) -> Review:
    version = services.create_sheet("call", CONTENT, by=cast.quan)
    services.activate_sheet(version, by=cast.quan)
    turns = [
        {"role": "customer", "text": "我要退款", "start_ms": 0, "end_ms": 900},
        {"role": "agent", "text": "这个不归我们管", "start_ms": 9000, "end_ms": 9900},
    ]
    talk = make_contact("BO-1", agent="1002", turns=turns)
    add_recording(talk, _sound(), name="a.wav", roles=[], by=cast.quan)
    version.refresh_from_db()
    return services.open_review(talk, version, by=cast.ines)


def test_words_by_selecting_them_and_sound_from_a_sentence(enter, cast, draft):
    page: Page = enter(cast.ines)
    page.goto(f"/inspections/reviews/{draft.pk}/")
    page.evaluate(SELECT, [2, 2, 6])
    page.keyboard.press("e")
    expect(page.locator("[data-item=greet] .lz-item-turns")).to_have_value("2:2-6")
    expect(page.locator("#sheet input[name=revision]")).to_have_value("1")
    assert list(Pin.objects.values_list("item", "turn", "start", "end")) == [("greet", 2, 2, 6)]
    page.locator("#turn-2 .lz-turn-at").click()
    expect(page.locator("#turn-2")).to_have_class(re.compile("lz-turn-heard"))
    expect(page.locator(".lz-player-wave")).to_be_visible()
    with page.expect_response("**/heard/"):
        page.evaluate("document.querySelector('lz-workbench').tell()")
    draft.refresh_from_db()
    assert 0 < draft.sound_ratio < 0.4  # from the ninth second on, not from the beginning
