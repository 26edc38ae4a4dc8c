"""Kinds of objects and doors go by words."""

from django.apps import apps

from lingzhi.audit.kinds import DOORS, KINDS, door_in_words, kind_in_words


def test_every_named_kind_exists():
    known = {model._meta.label_lower for model in apps.get_models()}
    assert set(KINDS) - known == set()


def test_what_nobody_named_stays_as_it_is():
    assert kind_in_words("of.anewer") == "of.anewer"
    assert door_in_words("1001") == "1001"
    assert str(DOORS["web"]) == door_in_words("web")
