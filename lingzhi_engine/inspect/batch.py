"""A batch of conversations as Arrow tables, with the columns the engine derives from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from . import transcript
from .model import Conversation, Turn

CONVERSATIONS = pa.schema(
    [
        ("id", pa.string()),
        ("channel", pa.string()),
        ("direction", pa.string()),
        ("agent", pa.string()),
        ("team", pa.string()),
        ("started_at", pa.string()),
        ("ended_at", pa.string()),
        ("outcome", pa.string()),
        ("meta", pa.string()),
        ("related", pa.string()),
    ]
)
TURNS = pa.schema(
    [
        ("conversation", pa.int32()),
        ("seq", pa.int32()),
        ("role", pa.string()),
        ("start_ms", pa.int64()),
        ("end_ms", pa.int64()),
        ("text", pa.string()),
        ("confidence", pa.float64()),
        ("emotion", pa.string()),
        ("energy", pa.float64()),
    ]
)
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class Batch:
    """Conversations and their turns.

    ``conversations`` has the columns of ``CONVERSATIONS``, ``meta`` and ``related`` as JSON.
    ``turns`` has those of ``TURNS``; ``conversation`` is the row of the conversation, ascending,
    turns in order within.
    """

    def __init__(self, conversations: pa.Table, turns: pa.Table) -> None:
        self.conversations = _cast(conversations, CONVERSATIONS)
        self.turns = _cast(turns, TURNS)
        self._codes: dict[str, tuple[npt.NDArray[np.int32], list[str]]] = {}
        if self.turn_count and bool((np.diff(self.conversation_of) < 0).any()):
            raise ValueError("turns must be sorted by conversation")

    @classmethod
    def from_conversations(cls, items: Iterable[Mapping[str, Any] | Conversation]) -> Batch:
        """A batch of conversations as written in JSON, or as ``Conversation``."""
        read = [
            c if isinstance(c, Conversation) else transcript.conversation(c, str(i))
            for i, c in enumerate(items, start=1)
        ]
        turns = [(row, t) for row, conversation in enumerate(read) for t in conversation.turns]
        return cls(
            pa.Table.from_pylist([_row(c) for c in read], CONVERSATIONS),
            pa.table(
                {
                    "conversation": pa.array([row for row, _ in turns], pa.int32()),
                    **{name: pa.array([getattr(t, name) for _, t in turns]) for name in _PLAIN},
                    "text": pa.array([transcript.without_surrogates(t.text) for _, t in turns]),
                }
            ),
        )

    @classmethod
    def from_tables(cls, conversations: pa.Table, turns: pa.Table) -> Batch:
        """A batch of tables in which ``turns.conversation`` is the id, in any order.

        Turns of conversations that are not there are left out.
        """
        rows = pc.index_in(turns["conversation"], value_set=conversations["id"].combine_chunks())
        placed = turns.set_column(
            turns.schema.get_field_index("conversation"), "conversation", rows
        )
        placed = placed.filter(pc.is_valid(placed["conversation"]))
        return cls(
            conversations, placed.sort_by([("conversation", "ascending"), ("seq", "ascending")])
        )

    def __len__(self) -> int:
        return int(self.conversations.num_rows)

    @property
    def turn_count(self) -> int:
        """How many turns all conversations have together."""
        return int(self.turns.num_rows)

    @cached_property
    def conversation_of(self) -> npt.NDArray[np.int32]:
        """The row of the conversation, for each turn."""
        return _numbers(self.turns["conversation"], np.int32)

    @cached_property
    def bounds(self) -> Ints:
        """The first turn of each conversation, and the number of turns at the end."""
        return np.searchsorted(self.conversation_of, np.arange(len(self) + 1)).astype(np.int64)

    @cached_property
    def seq(self) -> npt.NDArray[np.int32]:
        """``seq`` of each turn; its place in the conversation, from 1, where none is given."""
        given = self.turns["seq"]
        if not given.null_count:
            return _numbers(given, np.int32)
        place = np.arange(self.turn_count) - self.bounds[self.conversation_of] + 1
        return _numbers(
            pc.if_else(pc.is_valid(given), given, pa.array(place, pa.int32())), np.int32
        )

    @cached_property
    def confidence(self) -> npt.NDArray[np.float64]:
        """How sure the speech recognition is of each turn, not a number where it is not known."""
        return _numbers(self.turns["confidence"], np.float64)

    @cached_property
    def energy(self) -> npt.NDArray[np.float64]:
        """The level of the voice in decibels in each turn, not a number where it is not known."""
        return _numbers(self.turns["energy"], np.float64)

    @cached_property
    def emotions(self) -> tuple[npt.NDArray[np.int32], list[str]]:
        """A code for the emotion of each turn, and what the codes stand for, "" for not known."""
        return _codes(self.turns["emotion"])

    @cached_property
    def roles(self) -> tuple[npt.NDArray[np.int32], list[str]]:
        """A code for the role of each turn, and the roles the codes stand for."""
        return _codes(self.turns["role"])

    def codes(self, column: str) -> tuple[npt.NDArray[np.int32], list[str]]:
        """A code for what each conversation has in ``column``, and what the codes stand for.

        Where nothing is known, the code is the number of the others.
        """
        if column not in self._codes:
            encoded = pc.dictionary_encode(_one_array(self.conversations[column]))
            names = encoded.dictionary.to_pylist()
            codes = pc.fill_null(encoded.indices, len(names))
            self._codes[column] = _numbers(codes, np.int32), names
        return self._codes[column]

    @cached_property
    def start(self) -> Ints:
        """Start of each turn in milliseconds, 0 where it is not known."""
        return _numbers(pc.fill_null(self.turns["start_ms"], 0), np.int64)

    @cached_property
    def end(self) -> Ints:
        """End of each turn in milliseconds, 0 where it is not known."""
        return _numbers(pc.fill_null(self.turns["end_ms"], 0), np.int64)

    @cached_property
    def has_times(self) -> Bools:
        """For each conversation, whether all its turns have a start and an end."""
        starts, ends = self.turns["start_ms"], self.turns["end_ms"]
        complete = np.ones(len(self), dtype=bool)
        if starts.null_count or ends.null_count:
            known = _flags(pc.and_(pc.is_valid(starts), pc.is_valid(ends)))
            complete[self.conversation_of[~known]] = False
        return complete

    @cached_property
    def text(self) -> pa.Array:
        """The texts of the turns, line breaks as spaces; characters keep their places."""
        column = self.turns["text"]
        return _without_line_breaks(
            _one_array(pc.fill_null(column, "") if column.null_count else column)
        )

    @cached_property
    def joined(self) -> tuple[memoryview, Ints]:
        """All texts in UTF-8, a line break behind each, and the byte where each begins."""
        joined = pc.binary_join_element_wise(self.text, "", "\n")
        _, offsets, data = joined.buffers()
        starts = np.frombuffer(offsets, np.int32)[joined.offset : joined.offset + len(joined) + 1]
        return memoryview(data or b"")[: int(starts[-1])], starts.astype(np.int64)

    def slices(self, most_turns: int) -> Iterator[tuple[int, Batch]]:
        """The batch in pieces of about ``most_turns`` turns: the first row and the piece."""
        if self.turn_count <= most_turns:
            yield 0, self
            return
        first = 0
        while first < len(self):
            limit = int(self.bounds[first]) + most_turns
            last = int(np.searchsorted(self.bounds, limit, side="right")) - 1
            last = min(max(last, first + 1), len(self))
            yield first, self._piece(first, last)
            first = last

    def _piece(self, first: int, last: int) -> Batch:
        low, high = int(self.bounds[first]), int(self.bounds[last])
        turns = self.turns.slice(low, high - low)
        rows = pa.array(self.conversation_of[low:high] - first)
        return Batch(
            self.conversations.slice(first, last - first),
            turns.set_column(0, TURNS.field("conversation"), rows),
        )

    def conversation(self, row: int) -> Conversation:
        """The conversation of that row as a plain object."""
        record = self.conversations.slice(row, 1).to_pylist()[0]
        low, high = int(self.bounds[row]), int(self.bounds[row + 1])
        turns = self.turns.slice(low, high - low).drop_columns(["conversation"]).to_pylist()
        record |= {name: json.loads(record[name] or "{}") for name in _AS_JSON}
        return Conversation(**record, turns=tuple(Turn(**turn) for turn in turns))


_PLAIN = ("seq", "role", "start_ms", "end_ms", "confidence", "emotion", "energy")
_AS_JSON = ("meta", "related")


def _row(conversation: Conversation) -> dict[str, Any]:
    row = {name: getattr(conversation, name) for name in CONVERSATIONS.names}
    return {**row, **{name: _json(row[name]) for name in _AS_JSON}}


def _json(value: object) -> str | None:
    return json.dumps(value, ensure_ascii=True, default=str) if value else None


def _cast(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """``table`` with the columns of ``schema``; missing ones are null, others are dropped."""
    columns = [
        table[field.name].cast(field.type)
        if field.name in table.column_names
        else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _numbers(values: Any, kind: type[Any]) -> npt.NDArray[Any]:
    return np.asarray(_one_array(values).to_numpy(zero_copy_only=False), dtype=kind)


def _codes(texts: Any) -> tuple[npt.NDArray[np.int32], list[str]]:
    """A code for each of ``texts``, and the texts the codes stand for; null is ""."""
    encoded = pc.dictionary_encode(_one_array(pc.fill_null(texts, "")))
    return _numbers(encoded.indices, np.int32), encoded.dictionary.to_pylist()


def _flags(values: Any) -> Bools:
    return _numbers(values, np.bool_)


def _one_array(values: Any) -> pa.Array:
    if not isinstance(values, pa.ChunkedArray):
        return values
    if values.num_chunks == 1:
        return values.chunk(0)
    return pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], values.type)


def _without_line_breaks(texts: pa.Array) -> pa.Array:
    """``texts`` with a space for every line break; the bytes are looked at together."""
    _, offset_buffer, data = texts.buffers()
    if data is None or not len(texts):
        return texts
    offsets = np.frombuffer(offset_buffer, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    whole = np.frombuffer(data, np.uint8)[offsets[0] : offsets[-1]]
    at = np.flatnonzero(whole <= ord("\r"))
    at = at[(whole[at] == ord("\n")) | (whole[at] == ord("\r"))]
    if not len(at):
        return texts
    spaced = whole.copy()
    spaced[at] = ord(" ")
    moved = offsets - offsets[0]
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(moved), pa.py_buffer(spaced))
