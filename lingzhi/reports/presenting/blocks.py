"""A report's sections in the order of its template, each with its title and paragraphs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lingzhi.core.languages import joined
from lingzhi.kpis.dictionary import indicators
from lingzhi.reports.layouts import ORDER, PARTS, TEXT, Content, a_section
from lingzhi.reports.models import Report
from lingzhi.reports.presenting.named import filled

Facts = Mapping[str, Any]
# As shipped, the page has two columns, and documents another order than the first of them.
MAIN = ("points", "returned", "figures", "inspection", "problems", "trend", "service")
ASIDE = ("directions", "measures", "cases")


@dataclass(frozen=True, slots=True)
class Block:
    """One section as it is shown; without a `title` it is called as usual.

    `lacking` names indicators that the template shows and that are not known in these days.
    """

    name: str
    title: str = ""
    text: list[str] = field(default_factory=list)
    parts: Sequence[str] = ()
    codes: Sequence[str] = ()
    lacking: str = ""

    @property
    def page(self) -> str:
        """Its part of the page."""
        return f"reports/sections/_{self.name}.html"

    @property
    def print(self) -> str:
        """Its part of the PDF."""
        return f"reports/print/_{self.name}.html"


@dataclass(frozen=True, slots=True)
class Order:
    """Where the sections stand: the columns of the page, and one after another in documents."""

    main: list[Block]
    aside: list[Block]
    documents: list[Block]


def order_of(report: Report) -> Order:
    """By the template the report was made with; only sections whose facts it holds."""
    held = report.facts["sections"]
    if report.layout is None:
        found = {name: _block(a_section(name), report.facts) for name in ORDER if name in held}
        main, aside, documents = (
            [found[name] for name in names if name in found] for names in (MAIN, ASIDE, ORDER)
        )
        return Order(main, aside, documents)
    blocks = _of_layout(report.layout.content, report)
    return Order(blocks, [], blocks)


def _of_layout(content: Content, report: Report) -> list[Block]:
    """Sections that the plan keeps besides stand at the end."""
    rows = [
        one
        for one in content["sections"]
        if one["section"] == TEXT or one["section"] in report.facts["sections"]
    ]
    there = {one["section"] for one in rows}
    kept = [name for name in ORDER if name in report.facts["sections"] and name not in there]
    return [_block(one, report.facts) for one in [*rows, *map(a_section, kept)]]


def _block(one: Content, facts: Facts) -> Block:
    return Block(
        name=one["section"], title=one["title"], text=filled(one["text"], facts),
        parts=one["parts"] or list(PARTS.get(one["section"], ())), codes=one["codes"],
        lacking=_lacking(one["codes"], facts),
    )  # fmt: skip


def _lacking(codes: Sequence[str], facts: Facts) -> str:
    found = facts["sections"]
    figures = [*found.get("figures", []), *found.get("inspection", {}).get("figures", [])]
    known = {one["code"] for one in figures}
    return joined(indicators()[code].name for code in codes if code not in known)


def block_of(order: Order, name: str) -> Block | None:
    return next((one for one in order.documents if one.name == name), None)
