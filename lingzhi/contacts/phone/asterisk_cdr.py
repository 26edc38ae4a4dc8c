"""Asterisk's call detail records as CSV (`cdr_csv`, Master.csv): one row a leg, no heading.

The columns are those of Asterisk's documentation of CDRs; `uniqueid` and `userfield` stand there
where they are switched on, `linkedid` and `sequence` where newer columns are.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import UTC, tzinfo

from lingzhi.contacts.phone.told import Told, Unreadable, agent_of, key_of, whole, written

COLUMNS = (
    "accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel", "lastapp",
    "lastdata", "start", "answer", "end", "duration", "billsec", "disposition", "amaflags",
    "uniqueid", "userfield", "peeraccount", "linkedid", "sequence",
)  # fmt: skip
SHORTEST = COLUMNS.index("uniqueid")


def read_asterisk_cdr(
    lines: Iterable[str], zone: tzinfo = UTC
) -> Iterator[tuple[int, Told | Unreadable]]:
    """A `record` for each row, with its number; times are in the zone of the phone system.

    `record` facts: start, answer, end (ISO 8601), billed (seconds), result (the disposition in
    lower case), is_leg_of_agent, application, called.
    """
    for number, row in enumerate(csv.reader(lines), start=1):
        if any(row) and row[: len(COLUMNS[:3])] != list(COLUMNS[:3]):
            yield number, _read(row, zone)


def _read(row: list[str], zone: tzinfo) -> Told | Unreadable:
    if len(row) <= SHORTEST:
        return Unreadable("no_call")
    one = dict(zip(COLUMNS, row, strict=False))
    start, end = written(one["start"], zone), written(one["end"], zone)
    if start is None:
        return Unreadable("no_time")
    call = one.get("linkedid") or one["uniqueid"]
    if not call:
        return Unreadable("no_call")
    answer = written(one["answer"], zone) if one["answer"] else None
    facts = {
        "start": start.isoformat(),
        "answer": answer.isoformat() if answer else None,
        "end": end.isoformat() if end else None,
        "billed": whole(one["billsec"]),
        "result": one["disposition"].lower(),
        "application": one["lastapp"],
        "called": one["dst"],
    }
    agent = agent_of(one["dstchannel"])
    queue = one["lastdata"].split(",")[0] if one["lastapp"].lower() == "queue" else ""
    return Told(
        call, "record", start, key_of("cdr", *row), agent, queue, one["src"],
        {name: value for name, value in facts.items() if value not in (None, "")},
    )  # fmt: skip
