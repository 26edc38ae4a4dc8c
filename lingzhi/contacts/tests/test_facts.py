"""Facts of a contact go by the reader's words."""

import pytest
from django.utils.translation import override

from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.facts import facts_in_words


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ended_by", "agent", ("Ended by", "Agent")),
        ("ended_by", "carrier", ("Ended by", "carrier")),
        ("product", "kettle", ("Product", "kettle")),
        ("x_lane", 7, ("x_lane", "7")),
    ],
)
def test_usual_facts_have_words_and_others_keep_their_names(name, value, told):
    with override("en"):
        assert facts_in_words({name: value}) == [told]


def test_the_page_shows_them(as_, cast):
    contact = make_contact(agent="1002")
    contact.meta = {"ticket": "GD-1", "x_lane": "west"}
    contact.save()
    content = as_(cast.quan).get(f"/contacts/{contact.pk}/").content.decode()
    assert "GD-1" in content
    assert "x_lane" in content
    assert "<dt>ticket" not in content
