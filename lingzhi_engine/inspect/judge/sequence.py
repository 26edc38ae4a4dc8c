"""One chain of places of several questions, each behind and near the one before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..expression import Seq
from .board import Board

Place = tuple[int, int, int]  # turn, start, end


def chain(board: Board, questions: Sequence[int], conversation: int, seq: Seq) -> list[Place]:
    """A place of each question in the conversation, or nothing.

    Distances run from the nearest place of the question before that was itself reached; the way
    leads back from the earliest place of the last question.
    """
    steps = [_places(board, question, conversation) for question in questions]
    ways: list[dict[Place, Place | None]] = [dict.fromkeys(steps[0])]
    for step in steps[1:]:
        ways.append(_reached(board, list(ways[-1]), step, seq))
    if not ways[-1]:
        return []
    place: Place | None = min(ways[-1])
    found = []
    for way in reversed(ways):
        if place is not None:
            found.append(place)
            place = way[place]
    return found[::-1]


def _places(board: Board, question: int, conversation: int) -> list[Place]:
    first, count = board.where(np.array([question]), np.array([conversation]))
    rows = board.rows.take(slice(int(first[0]), int(first[0] + count[0])))
    columns = (rows.turn, np.maximum(rows.start, 0), np.maximum(rows.end, 0))
    places = zip(*(column.tolist() for column in columns), strict=True)
    return sorted({place for place in places if place[0] >= 0})


def _reached(
    board: Board, earlier: list[Place], step: list[Place], seq: Seq
) -> dict[Place, Place | None]:
    ways: dict[Place, Place | None] = {}
    for place in step:
        behind = [
            one for one in earlier if (one[0], one[2]) <= (place[0], place[1]) and one != place
        ]
        nearest = max(behind, key=lambda one: (one[0], one[2], one[1]), default=None)
        if nearest is not None and _is_near(board, nearest, place, seq):
            ways[place] = nearest
    return ways


def _is_near(board: Board, one: Place, other: Place, seq: Seq) -> bool:
    if seq.within is None or one[0] == other[0]:
        return True
    if seq.unit == "turns":
        return other[0] - one[0] <= seq.within
    batch = board.scene.batch
    return bool((batch.start[other[0]] - batch.end[one[0]]) / 1000 <= seq.within)
