"""Write chenghu-water-hotline.docx, a made-up regulation with the ways people number in Word.

Chapters one to five carry their number in the text, six and seven count by themselves; so do the
articles of chapter three. Run it again after a change: python data/regulations/make_chenghu.py
"""

from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

HERE = Path(__file__).parent
TEXT = HERE / "chenghu-water-hotline.txt"

LISTS = {"@条": (901, "第%1条", 11), "@章": (902, "第%1章", 6), "@项": (903, "（%1）", 1)}


def main() -> None:
    document = Document()
    document.styles["Normal"].font.name = "SimSun"
    document.styles["Normal"].font.size = Pt(12)
    document.sections[0].header.paragraphs[0].text = "澄湖水务 内部资料"
    add_lists(document)
    for line in TEXT.read_text(encoding="utf-8").splitlines():
        add_line(document, line)
    document.save(str(HERE / "chenghu-water-hotline.docx"))


def add_lists(document: WordDocument) -> None:
    """Three lists of Chinese numbers that Word counts by itself."""
    numbering = document.part.numbering_part.element
    for list_id, text, start in LISTS.values():
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{list_id}">'
            f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
            '<w:numFmt w:val="chineseCountingThousand"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        )
        first = numbering.find(qn("w:num"))
        first.addprevious(abstract)
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{list_id}">'
                f'<w:abstractNumId w:val="{list_id}"/></w:num>'
            )
        )


def add_line(document: WordDocument, line: str) -> None:
    """`# ` is a chapter, `! ` the title, `@条 ` counts by itself, `| ` is a row of a table."""
    mark, _space, text = line.partition(" ")
    if mark == "!":
        document.add_heading(text, level=0)
    elif mark == "#":
        document.add_heading(text, level=1)
    elif mark == "@章":
        counted(document.add_heading(text, level=1), LISTS[mark][0])
    elif mark in LISTS:
        counted(document.add_paragraph(text), LISTS[mark][0])
    elif mark == "|":
        add_row(document, text.split(" | "))
    elif line:
        document.add_paragraph(line.replace("↵", "\n"))


def counted(paragraph, list_id: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = list_id


def add_row(document: WordDocument, cells: list[str]) -> None:
    last = document.element.body[-2]
    if last.tag == qn("w:tbl"):
        row = document.tables[-1].add_row()
    else:
        row = document.add_table(rows=1, cols=len(cells), style="Table Grid").rows[0]
    for cell, text in zip(row.cells, cells, strict=True):
        cell.text = text


if __name__ == "__main__":
    main()
