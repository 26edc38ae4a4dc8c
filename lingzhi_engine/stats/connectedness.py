"""Which inspectors can be compared at all: those joined through what they both scored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable


def connected_groups(inspectors: Iterable[str], objects: Iterable[str]) -> list[frozenset[str]]:
    """Groups of inspectors joined by common ``objects``, largest first, then by name.

    Row by row, an inspector scored an object: an agent's work, or for the sharper comparison one
    conversation. Inspectors of different groups have nothing in common that would compare them
    (Linacre 1989: a disconnected design).
    """
    scored: dict[str, set[str]] = defaultdict(set)
    scorers: dict[str, set[str]] = defaultdict(set)
    for inspector, one in zip(inspectors, objects, strict=True):
        scored[inspector].add(one)
        scorers[one].add(inspector)
    groups, left = [], set(scored)
    while left:
        group, ahead = set[str](), {left.pop()}
        while ahead:
            inspector = ahead.pop()
            group.add(inspector)
            met = {other for one in scored[inspector] for other in scorers[one]}
            ahead |= met - group
        left -= group
        groups.append(frozenset(group))
    return sorted(groups, key=lambda group: (-len(group), sorted(group)))
