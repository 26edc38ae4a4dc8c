"""CrossWOZ, real Chinese dialogue of people about travel, as batches for the benchmarks."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from lingzhi_engine.inspect import Batch

ROOT = Path(__file__).resolve().parents[2]
ROLES = {"usr": "customer", "sys": "agent"}
MS_PER_CHARACTER, PAUSE_MS = 250, 800  # the sample has no times: those of quiet speech


def dialogues() -> Iterator[list[dict[str, str]]]:
    """The messages of every dialogue of the sample."""
    for name in ("val", "test"):
        with zipfile.ZipFile(ROOT / f"data/crosswoz/{name}.json.zip") as archive:
            found = json.loads(archive.read(f"{name}.json"))
        yield from (dialogue["messages"] for dialogue in found.values())


def conversations() -> list[dict[str, Any]]:
    """The dialogues as conversations by telephone and in writing, with times."""
    return [
        {
            "id": str(number),
            "channel": ("phone", "chat")[number % 2],
            "direction": "in",
            "meta": {"ended_by": ("agent", "customer", "customer")[number % 3]},
            "turns": turns(messages),
        }
        for number, messages in enumerate(dialogues())
    ]


def turns(messages: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Messages one behind the other, as fast as people speak."""
    at, said = 0, []
    for message in messages:
        end = at + MS_PER_CHARACTER * len(message["content"])
        said.append(
            {
                "role": ROLES[message["role"]],
                "text": message["content"],
                "start_ms": at,
                "end_ms": end,
            }
        )
        at = end + PAUSE_MS
    return said


def repeated(one: Batch, turn_count: int) -> Batch:
    """The conversations of ``one`` again and again, until there are at least so many turns."""
    times = -(-turn_count // one.turn_count)
    rows = np.concatenate([one.conversation_of + i * len(one) for i in range(times)])
    said = pa.concat_tables([one.turns] * times).combine_chunks()
    ids = pa.array([str(number) for number in range(times * len(one))])
    return Batch(
        pa.concat_tables([one.conversations] * times).set_column(0, "id", ids),
        said.set_column(0, "conversation", pa.array(rows, pa.int32())),
    )


def said_often(batch: Batch) -> list[str]:
    """Phrases of four characters from the first 4,000 turns, the most frequent first."""
    texts = batch.text.slice(0, 4000).to_pylist()
    said = Counter(
        text[i : i + 4] for text in texts for i in range(len(text) - 4) if text[i : i + 4].isalnum()
    )
    return [word for word, _ in sorted(said.items(), key=lambda item: (-item[1], item[0]))]
