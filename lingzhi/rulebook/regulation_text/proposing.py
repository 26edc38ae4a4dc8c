"""All proposals for a clause: what its sentences demand, without two for the same words."""

from collections.abc import Iterable, Iterator

from lingzhi.rulebook.regulation_text.findings.cadences import cadences, untimed
from lingzhi.rulebook.regulation_text.findings.indicators import indicators
from lingzhi.rulebook.regulation_text.findings.limits import limits
from lingzhi.rulebook.regulation_text.findings.words import phrases, posts, retention
from lingzhi.rulebook.regulation_text.proposals import (
    Found,
    Proposal,
    Sentence,
    Vocabulary,
    sentences_of,
    spans_overlap,
)

MAX_OF_CLAUSE = 40
NEAR = 24  # characters between a target and its warning line that are shown as one place


def proposals_of(text: str, title: str, vocabulary: Vocabulary) -> list[Proposal]:
    """The proposals for one clause, in the order of its words."""
    found: list[Proposal] = []
    for sentence in sentences_of(text, title):
        found += _apart(_of_sentence(sentence, vocabulary))
    return sorted(_joined(_with_warnings(found)), key=lambda one: (one.start, one.end))[
        :MAX_OF_CLAUSE
    ]


def _of_sentence(sentence: Sentence, vocabulary: Vocabulary) -> Iterator[Proposal]:
    """Surer finders first: what they took is not read again."""
    yield from phrases(sentence)
    yield from indicators(sentence)
    yield from retention(sentence)
    yield from limits(sentence)
    yield from cadences(sentence)
    yield from untimed(sentence)
    yield from posts(sentence, vocabulary)


def _apart(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Without those whose words another kind has taken already.

    Indicators may share words: 接通率、满意度均不低于95%.
    """
    kept: list[Proposal] = []
    for one in proposals:
        others = [(other.start, other.end) for other in kept if other.kind != one.kind]
        same = any(
            (other.kind, other.fixed, other.start) == (one.kind, one.fixed, one.start)
            for other in kept
        )
        if not same and not spans_overlap((one.start, one.end), others):
            kept.append(one)
    return kept


def _with_warnings(proposals: list[Proposal]) -> list[Proposal]:
    """A warning line goes to the target of its indicator in the same clause."""
    out: list[Proposal] = []
    for one in proposals:
        at = next((i for i, other in enumerate(out) if _is_warning_of(one, other)), None)
        if at is None:
            out.append(one)
            continue
        merged = out[at].with_figures(warning=one.figures["warning"])
        out[at] = merged.over(one.start, one.end) if one.start - merged.end < NEAR else merged
    return out


def _is_warning_of(one: Proposal, other: Proposal) -> bool:
    return (
        "warning" in one.figures
        and "warning" not in other.figures
        and (other.kind, other.fixed.get("indicator")) == ("kpi_target", one.fixed["indicator"])
        and other.title == one.title
    )


def _joined(proposals: list[Proposal]) -> list[Proposal]:
    """What must not be said in one clause is one list."""
    out: list[Proposal] = []
    for one in proposals:
        first = next((at for at, other in enumerate(out) if _is_one_list(one, other)), None)
        if first is None:
            out.append(one)
            continue
        words = [*out[first].figures["words"].value, *one.figures["words"].value]
        out[first] = out[first].with_figures(words=Found(words)).over(one.start, one.end)
    return out


def _is_one_list(one: Proposal, other: Proposal) -> bool:
    is_avoid = all(each.fixed.get("use") == "avoid" for each in (one, other))
    return is_avoid and one.start - other.end < NEAR


def one_per_post(found: Iterable[tuple[str, Proposal]]) -> Iterator[tuple[str, Proposal]]:
    """A post is proposed once in a regulation, best where a number stands with it.

    Takes and gives (clause number, proposal).
    """
    every = list(found)
    best: dict[str, Proposal] = {}
    for _number, one in every:
        code = str(one.fixed.get("post", ""))
        if one.kind == "post" and (code not in best or _counts_better(one, best[code])):
            best[code] = one
    for number, one in every:
        if one.kind != "post" or best[str(one.fixed["post"])] is one:
            yield number, one


def _counts_better(one: Proposal, other: Proposal) -> bool:
    return other.figures["at_least"].is_assumed and not one.figures["at_least"].is_assumed
