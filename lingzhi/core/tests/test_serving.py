import gc

from lingzhi.core.serving import keep_what_is_loaded


def test_garbage_is_not_looked_for_in_what_was_loaded():
    loaded = [{"a module": number} for number in range(1000)]
    before = gc.get_freeze_count()
    keep_what_is_loaded()
    assert gc.get_freeze_count() >= before + len(loaded)
