"""Parameters of the operators on words and texts."""

from __future__ import annotations

from hypothesis import strategies as st

from .drawing import (
    Data,
    known_off,
    merged,
    optional,
    patterns,
    phrases,
    ranges,
    role,
    small,
    words,
)

EXAMPLES = ("退款", "好的好不好", "保证能给您解决", "投诉 AB 退款", "我的号码", "好好好")

windows = st.one_of(
    st.sampled_from(({}, {"unit": "turn"}, {"unit": "conversation"}, {"unit": "sentence"})),
    st.tuples(st.sampled_from(("sentences", "turns")), st.integers(1, 3)).map(
        lambda w: {"unit": "window", "window": {w[0]: w[1]}}
    ),
)
shares = st.sampled_from((0, 0.25, 0.5, 1))
sounds = optional(
    pinyin=st.just(True), fuzzy=st.lists(st.sampled_from(("zh_z", "an_ang")), min_size=1)
).map(lambda given: given if "pinyin" in given else {})
spoken = {"fold": st.booleans()}

PARAMS: dict[str, st.SearchStrategy[Data]] = {
    "text.keyword": st.one_of(
        merged(
            words.map(lambda w: {"words": w}),
            optional(
                mode=st.sampled_from(("any", "all", "none")),
                min_hits=small,
                exclude=patterns,
                synonyms=st.just({"好": ["不", "ab"]}),
                spoken=st.booleans(),
                case_sensitive=st.booleans(),
                **spoken,
            ),
            windows,
            sounds,
        ),
        st.just({"words": ["好", "不", "退款"], "mode": "at_least", "n": 2}),
    ),
    "text.regex": merged(
        patterns.map(lambda p: {"pattern": p}),
        optional(
            exclude=patterns,
            min_hits=small,
            spoken=st.booleans(),
            case_sensitive=st.booleans(),
            **spoken,
        ),
        windows,
    ),
    "text.pinyin": merged(
        st.sampled_from((["退款"], ["投诉", "好"], ["很高兴"])).map(lambda w: {"words": w}),
        optional(
            written=st.booleans(),
            mode=st.sampled_from(("any", "all", "none")),
            min_hits=small,
            fuzzy=st.lists(st.sampled_from(("zh_z", "in_ing")), min_size=1),
            exclude=patterns,
        ),
        windows,
    ),
    "text.similar": merged(
        st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=3).map(lambda e: {"examples": e}),
        optional(
            negatives=st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=2),
            threshold=st.sampled_from((0.1, 0.3, 0.5, 0.7, 1)),
            method=st.sampled_from(("ngram", "dice", "contained")),
            unit=st.sampled_from(("sentence", "turn")),
            min_length=small,
            min_hits=small,
            exclude=patterns,
        ),
    ),
    "text.question": optional(
        what=st.sampled_from(("asked", "unanswered", "unanswered")),
        role=role,
        answered_by=role,
        within=small,
        min_length=st.integers(1, 5),
        min_count=small,
        words=words,
        pattern=patterns,
        exclude=patterns,
    ),
    "text.echo": optional(
        facts=st.lists(
            st.sampled_from(("number", "name", "amount", "date", "mobile")),
            min_size=1,
            unique=True,
        ),
        words=st.lists(phrases, min_size=1, max_size=2),
        share=st.sampled_from((0.3, 0.5, 1)),
        role=role,
        echoed_by=role,
        within=st.integers(0, 2),
        ends=st.sampled_from((2, 4)),
    ),
    "text.entityCompare": merged(
        st.sampled_from(("number", "name", "amount", "date", "mobile")).map(lambda t: {"type": t}),
        st.one_of(
            st.sampled_from(({"field": "said"}, {"field": "vip"})),
            role.map(lambda r: {"with_role": r if r != "any" else "agent"}),
        ),
        optional(
            test=st.sampled_from(("equal", "different")),
            ends=st.sampled_from((2, 4)),
            spoken=st.booleans(),
        ),
    ),
    "text.length": merged(
        ranges("min", "max", st.integers(0, 6)),
        optional(what=st.sampled_from(("letters", "signs", "sentences"))),
    ),
    "text.politeness": merged(
        ranges("min", "max", shares),
        optional(
            measure=st.sampled_from(("score", "polite", "impolite")),
            polite=words,
            impolite=words,
        ),
        known_off("polite", "impolite"),
    ),
    "text.language": st.one_of(
        merged(
            st.lists(
                st.sampled_from(("zh", "en", "yue", "mixed", "other")), min_size=1, max_size=2
            ).map(lambda names: {"language": names}),
            optional(per=st.sampled_from(("turn", "conversation")), min_length=small),
        ),
        merged(
            ranges("min", "max", shares),
            st.sampled_from(("han", "latin", "other")).map(lambda name: {"script": name}),
        ),
    ),
    "text.wordset": merged(
        st.sampled_from(
            ({"set": "mixed"}, {"set": ["mixed", "plain"]}, {"set": "mixed", "levels": ["high"]})
        ),
        optional(min_hits=small, exclude=patterns, case_sensitive=st.booleans()),
        windows,
        sounds,
    ),
    "text.repeat": optional(
        look_back=st.integers(0, 2),
        similarity=st.sampled_from((0.3, 0.5, 0.8, 1.0)),
        nth=small,
        min_length=st.integers(2, 4),
        excludes=words,
        of=st.sampled_from(("same", "other")),
        of_role=role,
        pattern=patterns,
    ),
    "text.count": merged(
        ranges("min", "max", st.integers(0, 6)),
        optional(what=st.sampled_from(("turns", "sentences", "chars"))),
    ),
}
