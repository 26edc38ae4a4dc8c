"""Random parameters of the operators on times, voices and calls, and what these look at."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .drawing import (
    Data,
    merged,
    milliseconds,
    optional,
    patterns,
    phrases,
    ranges,
    role,
    small,
    words,
)

LABELS = ("negative", "Angry", "neutral", "满意", "滿意", "bored", "")
decibels = st.integers(-3, 3).map(lambda n: n * 2.5)
percents = st.sampled_from((0, 10, 25, 50, 75, 100))
counts = st.integers(0, 3)
in_ms = ranges("min_ms", "max_ms", milliseconds)
in_percent = ranges("min_percent", "max_percent", percents)
in_db = ranges("min_db", "max_db", decibels)
numbers = ranges("min", "max", counts)
some_labels = st.lists(st.sampled_from(LABELS[:-1]), min_size=1, max_size=2)
families = st.lists(st.sampled_from(("negative", "neutral", "positive")), min_size=1, max_size=2)

which_silences: dict[str, st.SearchStrategy[Any]] = {
    "after_role": role,
    "before_role": role,
    "between": st.sampled_from(("any", "other", "same")),
    "excused_by": words,
    "excused_by_pattern": patterns,
    "excused_within": small,
    "from_start": st.booleans(),
    "at_end": st.booleans(),
    "since": st.sampled_from(("end", "start")),
}


def measured(*choices: tuple[str, st.SearchStrategy[Data]]) -> st.SearchStrategy[Data]:
    """What is measured, with a range in its unit."""
    return st.one_of([merged(st.just({"measure": name}), given) for name, given in choices])


def allowed(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    return merged(optional(**fields), st.just({"allow_agent": True}))


PARAMS: dict[str, st.SearchStrategy[Data]] = {
    "time.silence": merged(in_ms, optional(min_count=small, **which_silences)),
    "time.silenceTotal": merged(
        st.one_of(in_ms, in_percent),
        optional(shortest_ms=milliseconds, longest_ms=milliseconds, **which_silences),
    ),
    "time.response": merged(
        st.sampled_from(("answer", "first", "adjacent", "average", "percentile")).map(
            lambda m: {"measure": m}
        ),
        in_ms,
        optional(
            to_role=role,
            percentile=st.sampled_from((50, 90, 100)),
            min_count=small,
            since=st.sampled_from(("last", "first")),
        ),
    ),
    "time.hold": merged(
        measured(("total", in_ms), ("longest", in_ms), ("count", numbers)),
        optional(shortest_ms=milliseconds),
    ),
    "time.duration": in_ms,
    "time.ringAnswer": merged(
        measured(("ring", in_ms), ("wait", in_ms), ("rings", numbers)),
        optional(one_ring_ms=st.just(1000)),
    ),
    "voice.rate": merged(
        st.one_of(
            ranges("min", "max", st.integers(0, 8).map(lambda n: n * 100)),
            merged(in_percent, role.map(lambda r: {"to_role": "customer" if r == "any" else r})),
        ),
        optional(
            per=st.sampled_from(("conversation", "turn", "mean")),
            count=st.sampled_from(("chars", "words")),
            min_chars=small,
        ),
    ),
    "voice.overlap": merged(
        measured(("each", in_ms), ("total", in_ms), ("share", in_percent)),
        optional(
            min_count=small,
            delay_ms=milliseconds,
            shortest_ms=milliseconds,
            of_role=role,
            known=st.booleans(),
            also_backchannels=words,
            exclude=patterns,
        ),
    ),
    "voice.energy": merged(
        measured(("level", in_db), ("rise", in_db), ("mean", in_db), ("difference", in_db)),
        optional(min_count=small, look_back=counts, to_role=role),
    ),
    "voice.emotion": merged(
        st.one_of(
            some_labels.map(lambda given: {"labels": given}),
            families.map(lambda given: {"families": given}),
        ),
        st.sampled_from(
            (
                {},
                {"mode": "all"},
                {"mode": "final"},
                {"mode": "at_least", "n": 2},
                {"mode": "share", "percent": 50},
            )
        ),
        allowed(),
    ),
    "voice.emotionChange": allowed(
        **{
            "direction": st.sampled_from(("worsened", "improved", "changed")),
            "over": st.sampled_from(("ends", "peak", "neighbours", "any")),
            "min_delta": small,
            "from_families": families,
            "from": st.just(["neutral"]),
            "to": st.sampled_from((["negative"], ["angry", "满意"])),
            "to_families": families,
            "order": st.just(["angry", "bored", "negative", "neutral", "满意", "positive"]),
        }
    ),
    "voice.talkRatio": merged(
        in_percent,
        optional(to_role=role),
        st.sampled_from(({}, {"by": "chars"}, {"of": "conversation"})),
    ),
    "call.hangup": optional(
        by=role,
        after=phrases,
        within_seconds=counts,
        last_speaker=role,
        abnormal=st.booleans(),
        farewell_turns=small,
        farewells=words,
    ),
    "call.transfer": merged(
        st.one_of(st.just({}), numbers),
        optional(cold=st.booleans(), announced_by=words, announced_by_pattern=patterns),
    ),
    "audio.quality": st.one_of(
        measured(("clipping_percent", numbers), ("noise_db", numbers), ("mos", numbers)),
        merged(
            st.just({"measure": "one_sided"}),
            optional(
                roles=st.sampled_from(("agent", ["agent", "customer"], ["bot", "customer"])),
                min_turns=small,
            ),
        ),
    ),
}

# How a turn sounds.
sound = optional(
    emotion=st.sampled_from(LABELS),
    energy=st.sampled_from((-5.0, -2.5, 0.0, 0.0004, 2.5, 5.1, float("nan"))),
)
lengths = st.integers(0, 4).map(lambda n: n * 0.5)
one_hold: st.SearchStrategy[Any] = st.one_of(
    milliseconds,
    lengths.map(lambda s: {"seconds": s}),
    milliseconds.map(lambda ms: {"start_ms": 500, "end_ms": ms}),
)
audio = optional(
    clipping_percent=st.sampled_from((0.5, "1.5", "?")),
    noise_db=counts,
    mos=st.sampled_from((None, 3, 1)),
    silent_role=st.sampled_from(("", "customer", "bot")),
)
# What the telephone system tells of a call.
calls = optional(
    ended_by=st.sampled_from(("agent", "customer", "system", "")),
    hold_seconds=lengths,
    holds=st.one_of(st.lists(one_hold, max_size=3), st.sampled_from(("?", [{}], None))),
    hold_count=counts,
    ring_seconds=lengths,
    ring_ms=milliseconds,
    ring_count=st.sampled_from((0, 1, 2, "3", True)),
    wait_seconds=lengths,
    transfers=st.one_of(counts, st.sampled_from((["二线"], [], "x"))),
    longest_hold_seconds=lengths,
    audio=audio,
    audio_mos=counts,
    audio_silent_role=st.sampled_from(("", "agent")),
)
