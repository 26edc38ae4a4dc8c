"""What is no regulation is refused with a sentence that says what to do; nothing hangs."""

import io
import time
import tracemalloc
import zipfile

import pytest
from django.utils.translation import override
from docx import Document

from lingzhi.rulebook.regulation_text.articles import regulation_of
from lingzhi.rulebook.regulation_text.blocks import Unreadable
from lingzhi.rulebook.regulation_text.packages import ENCRYPTED, OLE
from lingzhi.rulebook.regulation_text.proposals import Vocabulary
from lingzhi.rulebook.regulation_text.proposing import proposals_of
from lingzhi.rulebook.regulation_text.reading import MAX_BYTES, read_file, read_text


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def word(*paragraphs: str) -> bytes:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def rezipped(content: bytes, part: str, text: bytes) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"{\\rtf1 ...}", "RTF"),
        (OLE + b"x" * 100, "old Word file"),
        (OLE + b"x" * 100 + ENCRYPTED, "password"),
        (word("第一条 总则")[:500], "damaged"),
        (b"PK\x03\x04" + b"\0" * 300, "damaged"),
        (b"hello", "no Word file"),
    ],
)
def test_it_says_what_the_file_is_instead(content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read_file(content, "rules.docx")


def test_a_broken_part_is_a_damaged_file():
    content = rezipped(word("第一条 甲"), "word/document.xml", b"<w:document")
    with pytest.raises(Unreadable, match="damaged"):
        read_file(content, "rules.docx")


def test_a_spreadsheet_is_no_word_file():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(Unreadable, match="no Word file"):
        read_file(target.getvalue(), "rules.docx")


def test_a_bomb_is_not_unpacked():
    bomb = rezipped(word("第一条 甲"), "word/document.xml", b"\0" * 200_000_000)
    assert len(bomb) < 300_000
    tracemalloc.start()
    with pytest.raises(Unreadable, match="pretends"):
        read_file(bomb, "rules.docx")
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


def test_entities_are_not_followed():
    text = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    with pytest.raises(Unreadable):
        read_file(rezipped(word("第一条 甲"), "word/document.xml", text), "rules.docx")


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Unreadable, match="30 MB"):
        read_file(b"a" * (MAX_BYTES + 1), "rules.txt")


def test_a_text_without_numbers_is_refused():
    with pytest.raises(Unreadable, match="No numbered article"):
        regulation_of(read_text("我们热情服务每一位用户。\n电话要及时接听。"))


def test_every_doubled_number_is_named_at_once():
    text = "第一条 甲必须做。\n第二条 乙必须做。\n第二条 丙必须做。\n第五条 丁。\n第五条 戊。"
    with pytest.raises(Unreadable) as refused:
        regulation_of(read_text(text))
    assert [(one.number, one.place) for one in refused.value.troubles] == [
        ("第二条", 2),
        ("第二条", 3),
        ("第五条", 4),
        ("第五条", 5),
    ]


def test_articles_that_start_again_in_each_chapter_are_told_apart():
    text = "第一章 甲\n第一条 甲必须做。\n第二章 乙\n第一条 乙必须做。"
    numbers = [article.number for article in regulation_of(read_text(text)).articles]
    assert numbers == ["第一章", "第一章第一条", "第二章", "第二章第一条"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_files_of_every_encoding(encoding):
    content = "第一条 电话铃响三声内接听。".encode(encoding)
    assert regulation_of(read_file(content, "rules.txt")).articles[0].number == "第一条"


def test_an_endless_sentence_does_not_hang():
    started = time.monotonic()
    for text in ("率" * 50_000, "三声" * 20_000, "“" * 20_000, "每" * 50_000, "1" * 20_000):
        proposals_of(text, "", Vocabulary({}))
    assert time.monotonic() - started < 20


@pytest.mark.slow
def test_five_hundred_pages_take_seconds_and_little_memory():
    lines = [
        f"第{number}条 热线人员应当核对用户信息，24小时内答复用户，满意度不低于9{number % 10}%。"
        "不得推诿、拖延或者隐瞒，确保每一件诉求都有回音。" * 6
        for number in range(1, 2001)
    ]
    content = word(*lines)
    tracemalloc.start()
    started = time.monotonic()
    regulation = regulation_of(read_file(content, "rules.docx"))
    assert len(regulation.articles) == 2000
    assert time.monotonic() - started < 15  # half a second where nothing else runs
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()
