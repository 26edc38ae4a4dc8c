"""Random parameters of operators that ask models, and records of a knowledge base."""

from __future__ import annotations

from hypothesis import strategies as st

from .drawing import Data, merged, optional, ranges, role, small

limits = st.sampled_from((0.2, 0.4, 0.6))
KB_OUTCOMES = ("agrees", "contradicts", "differs", "unanswered", "not_in_base")


def labels(name: str) -> st.SearchStrategy[Data]:
    chosen = st.lists(
        st.sampled_from(("退款", "投诉", "查询")), min_size=1, max_size=2, unique=True
    )
    return chosen.map(lambda found: {name: found})


counted_turns: Data = {
    "per": st.sampled_from(("turn", "conversation")),
    "min_chars": small,
    "min_count": small,
}

PARAMS: dict[str, st.SearchStrategy[Data]] = {
    "model.sentiment": merged(
        st.one_of(
            st.sampled_from(("negative", "neutral", "positive")).map(lambda x: {"label": x}),
            ranges("min", "max", st.integers(0, 4).map(lambda n: n / 4)),
        ),
        optional(sure=limits, ruled_out=st.sampled_from((0.0, 0.1)), **counted_turns),
    ),
    "model.intent": merged(
        labels("intents"), optional(sure=limits, ruled_out=st.just(0.1), **counted_turns)
    ),
    "model.topic": merged(labels("topics"), optional(sure=limits, **counted_turns)),
    "model.classifier": merged(
        labels("labels"),
        st.sampled_from(("own", "own", "missing")).map(lambda m: {"model": m}),
        optional(sure=limits, **counted_turns),
    ),
    "llm.judge": merged(
        st.sampled_from(("好", "退款", "不")).map(lambda w: {"criteria": [f"说「{w}」"]}),
        optional(
            choices=st.just(["no", "yes", "maybe"]),
            hit_when=st.sampled_from((["yes"], ["no", "yes"])),
            needs_quote=st.booleans(),
            context=st.booleans(),
            scene=st.just("热线"),
        ),
    ),
    "kb.answer": optional(
        hit_when=st.lists(st.sampled_from(KB_OUTCOMES), min_size=1, max_size=2, unique=True),
        asked_by=role,
        entries=st.sampled_from((["k1"], ["k2", "k9"])),
        question_threshold=st.sampled_from((0.0, 0.4, 1.0)),
        answer_threshold=st.sampled_from((0.0, 0.5, 1.0)),
        sentences=small,
        method=st.sampled_from(("offline", "offline", "llm")),
    ),
}

answered = st.fixed_dictionaries(
    {
        "id": st.sampled_from(("k1", "k2")),
        "question": st.sampled_from(
            (["退款好不好", "能退款吗"], "投诉什么", "好的好", "退款", "我的号码", "ab")
        ),
        "answer": st.sampled_from(
            ("可以退款，好的", "不保证7天内退款", "好的好，保证能给您解决", "不好的好。退款3元")
        ),
    }
)
