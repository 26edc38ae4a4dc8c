"""On 500 real conversations nobody made for this purpose (CrossWOZ)."""

import json
import re
import zipfile
from pathlib import Path

from lingzhi_engine.privacy import find, mask

CROSSWOZ = Path(__file__).parents[3] / "data" / "crosswoz"
LONG_NUMBER = re.compile(r"\d{7}")


def turns() -> list[str]:
    with zipfile.ZipFile(CROSSWOZ / "val.json.zip") as archive:
        talks = json.loads(archive.read("val.json")).values()
    return [message["content"] for talk in talks for message in talk["messages"]]


def test_hardly_a_telephone_number_survives_and_the_rest_stays():
    texts = turns()
    with_number = [text for text in texts if LONG_NUMBER.search(text)]
    survived = [text for text in with_number if LONG_NUMBER.search(mask(text))]
    assert len(with_number) > 300
    assert len(survived) / len(with_number) < 0.02, survived
    plain = [text for text in texts if not re.search(r"[0-9号路街镇乡村胡层]", text)]
    touched = [text for text in plain if any(span.kind != "name" for span in find(text))]
    assert len(plain) > 3000
    assert touched == []
