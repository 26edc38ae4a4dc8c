"""From blocks to clauses: which lines start an article and which belong to the one before."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lingzhi.rulebook.regulation_text.blocks import Block, Trouble, Unreadable
from lingzhi.rulebook.regulation_text.force import force_of
from lingzhi.rulebook.regulation_text.front_matter import FrontMatter, front_matter
from lingzhi.rulebook.regulation_text.numbering import (
    ARABIC_PAREN,
    ARTICLE,
    CHAPTER,
    DECIMAL,
    HAN_COMMA,
    SECTION,
    Numbered,
    numbered,
)
from lingzhi.rulebook.regulation_text.titles import LONGEST, split_title

MAX_CLAUSES = 3000
LONGEST_NUMBER = 20
_WELL_KNOWN = {"总则", "附则", "總則", "附則"}  # chapters that often carry no number
MANY = 20  # troubles of one kind that are named one by one


@dataclass
class Article:
    """One clause to be: its number as printed, its title, its text (lines apart by \\n)."""

    number: str
    rank: int
    title: str = ""
    lines: list[str] = field(default_factory=list)
    place: int = 0
    printed: str = ""
    parent: "Article | None" = None

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def force(self) -> str:
        return force_of(self.text) if self.lines else "heading"


@dataclass(frozen=True, slots=True)
class RegulationText:
    """A regulation as it was read. `left_out` are lines before the first article."""

    title: str
    articles: tuple[Article, ...]
    front: FrontMatter
    left_out: tuple[str, ...] = ()


def regulation_of(blocks: Sequence[Block], *, title: str = "") -> RegulationText:
    """The clauses of a regulation. Raises Unreadable naming all that is wrong at once."""
    lines = [_Line(block, _number_of(block)) for block in blocks]
    start = next((at for at, line in enumerate(lines) if line.opens), len(lines))
    articles = _Gathering(lines).articles(lines[start:])
    _whole_numbers(articles)
    _refuse_troubles(articles)
    before = [line.block.text for line in lines[:start]]
    found_title = _title(lines[:start])
    return RegulationText(
        title=title or found_title,
        articles=tuple(articles),
        front=front_matter([*before, *(article.text for article in articles)]),
        left_out=tuple(text for text in before if text != found_title),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    block: Block
    numbered: Numbered | None

    @property
    def opens(self) -> bool:
        """Whether the regulation can begin here."""
        return self.numbered is not None and self.block.kind not in {"row", "title", "continued"}

    @property
    def is_title_line(self) -> bool:
        """A short line without the end of a sentence."""
        text = self.numbered.text if self.numbered else self.block.text
        return len(text) <= 24 and not text.endswith(("。", "；", ";", "：", ":"))


def _number_of(block: Block) -> Numbered | None:
    if block.kind in {"row", "title", "continued"}:
        return None
    is_heading = block.kind in {"heading", "clause"}
    found = numbered(f"{block.number} {block.text}") if block.number else None
    return found or numbered(block.text, is_heading=is_heading)


def _title(before: Sequence[_Line]) -> str:
    marked = [line.block.text for line in before if line.block.kind == "title"]
    headed = [line.block.text for line in before if line.block.kind == "heading"]
    short = [line.block.text for line in before if line.is_title_line]
    return next(iter([*marked, *headed, *short]), "")[:LONGEST]


class _Gathering:
    """Puts lines together to articles."""

    def __init__(self, lines: Sequence[_Line]) -> None:
        ranks = Counter(line.numbered.rank for line in lines if line.numbered)
        self.has_articles = ranks[ARTICLE] > 0
        self.han_is_chapter = self.has_articles and not ranks[CHAPTER] and _han_leads(lines)
        self.found: list[Article] = []
        self.open: list[Article] = []  # the articles that the next line may lie in
        self.item_rank: int | None = None

    def articles(self, lines: Iterable[_Line]) -> list[Article]:
        for line in lines:
            if line.numbered is None:
                self._unnumbered(line.block)
            elif self._is_item(line):
                self._join(_as_printed(line))
            else:
                self._start(line.block, line.numbered)
        return self.found

    def _rank(self, line_rank: int) -> int:
        return SECTION if line_rank == HAN_COMMA and self.han_is_chapter else line_rank

    def _is_item(self, line: _Line) -> bool:
        """Whether a numbered line is an item of the sentence before it, not a clause."""
        found = line.numbered
        if found is None or line.block.kind in {"heading", "clause"} or found.is_whole:
            return False
        if not self.open or self._rank(found.rank) <= ARTICLE:
            return False
        if self.has_articles or found.rank >= ARABIC_PAREN:
            return True
        if self.item_rank is not None:
            return found.rank >= self.item_rank
        if self._begins_list(line, found):
            self.item_rank = found.rank
        return self.item_rank is not None

    def _begins_list(self, line: _Line, found: Numbered) -> bool:
        """1. below 2.1, or a number below a sentence that ends with a colon."""
        last = self.found[-1]
        if found.rank == DECIMAL and last.rank > DECIMAL:
            return not (line.is_title_line and self._is_next_chapter(found))
        is_listed = bool(last.lines) and last.lines[-1].endswith(("：", ":"))
        return found.rank > last.rank and (is_listed or line.block.text.endswith(("；", ";")))

    def _is_next_chapter(self, found: Numbered) -> bool:
        chapters = [article.printed for article in self.found if article.rank == DECIMAL]
        last = chapters[-1] if chapters else "0"
        return last.isdecimal() and found.number == str(int(last) + 1)

    def _start(self, block: Block, found: Numbered) -> None:
        self.item_rank = None
        rank = self._rank(found.rank)
        while self.open and self.open[-1].rank >= rank:
            self.open.pop()
        parent = self.open[-1] if self.open else None
        title, text = _parts(block, found.text, rank)
        article = Article(found.number, rank, title, [text] if text else [], block.place)
        article.printed, article.parent = found.number, None if found.is_whole else parent
        self.found.append(article)
        self.open.append(article)

    def _unnumbered(self, block: Block) -> None:
        is_heading = block.kind == "heading" or block.text in _WELL_KNOWN
        number = re.sub(r"[\s/]+", "", block.text)  # such a heading is its own number
        if block.kind == "continued" or not is_heading or len(number) > LONGEST_NUMBER:
            self._join(block.text)
            return
        self.item_rank = None
        self.found.append(Article(number, CHAPTER, block.text, place=block.place))
        self.open = []

    def _join(self, text: str) -> None:
        self.found[-1].lines.append(text)


def _han_leads(lines: Sequence[_Line]) -> bool:
    """Whether 一、二、 stand above the articles as titles do, not inside them."""
    ranks = [line.numbered.rank for line in lines if line.numbered]
    han = [line for line in lines if line.numbered and line.numbered.rank == HAN_COMMA]
    first = ranks.index(ARTICLE)
    return HAN_COMMA in ranks[:first] and all(line.is_title_line for line in han)


def _as_printed(line: _Line) -> str:
    block = line.block
    return f"{block.number}{block.text}" if block.number else block.text


def _parts(block: Block, text: str, rank: int) -> tuple[str, str]:
    if block.kind == "clause":
        return "", text
    if rank <= SECTION and len(text) <= LONGEST and not text.endswith("。"):
        return text, ""
    return split_title(text, is_heading=block.kind == "heading")


def _whole_numbers(articles: Sequence[Article]) -> None:
    """Lead a number by those above it where it would not be unique: 一（一）, 第二章第一节."""
    printed = Counter((article.rank, article.number) for article in articles)
    again = {rank for (rank, _number), times in printed.items() if times > 1}
    for article in articles:
        parent = article.parent
        is_local = article.rank == SECTION or article.rank > HAN_COMMA or article.rank in again
        if parent is not None and is_local and not _is_doubled(article, articles):
            article.number = parent.number + article.number


def _is_doubled(article: Article, articles: Sequence[Article]) -> bool:
    """Whether an article number (第五条) stands twice in one chapter: that is a fault."""
    return article.rank == ARTICLE and any(
        other is not article and other.printed == article.printed and other.parent is article.parent
        for other in articles
    )


def _refuse_troubles(articles: Sequence[Article]) -> None:
    troubles = list(_troubles(articles))
    if troubles:
        raise Unreadable(*troubles)


def _troubles(articles: Sequence[Article]) -> Iterator[Trouble]:
    if not any(article.printed for article in articles):
        yield Trouble(
            _("No numbered article was found. Number the articles, such as 1.1, and try again.")
        )
    if len(articles) > MAX_CLAUSES:
        yield Trouble(_("The regulation has more than 3,000 articles. Bring it in in parts."))
    numbers = Counter(article.number for article in articles)
    doubled = [article for article in articles if numbers[article.number] > 1]
    for article in doubled[:MANY]:
        yield Trouble(_("This number stands more than once."), article.place, article.number)
    if len(doubled) > MANY:
        more = len(doubled) - MANY
        yield Trouble(
            ngettext_lazy(
                "%(n)d more article has a number that stands more than once.",
                "%(n)d more articles have a number that stands more than once.",
                more,
            )
            % {"n": more}
        )
    for article in articles:
        if len(article.number) > LONGEST_NUMBER:
            yield Trouble(_("This number is longer than 20 characters."), number=article.number)
