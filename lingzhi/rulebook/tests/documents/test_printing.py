"""A version on paper, and back again."""

import io
import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from docx import Document

from lingzhi.core.clock import today
from lingzhi.core.documents.word import word_bytes
from lingzhi.core.tests.needed import needs_pdf
from lingzhi.rulebook.access import version_to_read
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.printing import printed, word_document
from lingzhi.rulebook.queries import versions_for
from lingzhi.rulebook.regulation_text.articles import regulation_of
from lingzhi.rulebook.regulation_text.reading import read_file
from lingzhi.rulebook.services import (
    decide_proposal,
    finish_import,
    import_regulation,
    refuse_undecided,
    start_adoption,
)
from lingzhi.rulebook.tests.documents.chenghu import FILE


@pytest.fixture
def chenghu(cast):
    pack = import_regulation(content=FILE.read_bytes(), name=FILE.name, by=cast.quan)
    for row in pack.proposals:
        if row["number"] in ("第三十条", "第三十八条"):
            decide_proposal(pack, row["id"], "confirmed", by=cast.quan)
    refuse_undecided(pack, by=cast.quan)
    return finish_import(pack, by=cast.quan)


def shown(pack, cast):
    version = start_adoption(pack.code, cast.hotline, by=cast.quan)
    version.answers = {one["key"]: {"limit": 5} for one in pack.body["clauses"][34]["controls"]}
    version.save()
    return printed(version_to_read(cast.quan, version.pk))


def test_what_is_printed_can_be_brought_in_again(chenghu, cast):
    paper = shown(chenghu, cast)
    again = regulation_of(read_file(word_bytes(word_document(paper)), "again.docx"))
    first = [(clause.number, clause.title, clause.text) for clause in paper.clauses]
    assert [(one.number, one.title, one.text) for one in again.articles] == first
    assert again.title == paper.title


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("code", ["s01", "s18", "s26"])
def test_each_pack_comes_back_from_word_in_each_language(code, language, cast):
    with override(language):
        version = start_adoption(code, cast.hotline, by=cast.quan)
        paper = printed(version_to_read(cast.quan, version.pk))
        again = regulation_of(read_file(word_bytes(word_document(paper)), "again.docx"))
    first = [(clause.number, clause.title, clause.text) for clause in paper.clauses]
    assert [(one.number, one.title, one.text) for one in again.articles] == first


def test_the_adopted_figure_stands_in_the_sentence(chenghu, cast):
    clauses = {clause.number: clause for clause in shown(chenghu, cast).clauses}
    assert re.fullmatch("疑难投诉应在5个[^_]+内提出处理方案。", clauses["第三十条"].text)


def test_it_has_real_headings_chinese_fonts_and_its_controls(chenghu, cast):
    document = word_document(shown(chenghu, cast))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[0] == "第一章　总则"
    assert 'w:eastAsia="宋体"' in document.styles["Normal"].element.xml
    assert [cell.text for cell in document.tables[0].columns[0].cells][1:] == [
        "第三十条",
        "第三十八条",
        "第三十八条",
        "第三十八条",
    ]


@needs_pdf
def test_word_and_pdf_are_downloads(in_force, cast, as_):
    client = as_(cast.quan)
    word = client.get(reverse("rulebook:print_word", args=[in_force.pk]))
    assert word.status_code == 200
    assert word.content.startswith(b"PK")
    pdf = client.get(reverse("rulebook:print_pdf", args=[in_force.pk]))
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Content-Disposition"].endswith('.pdf"')


def test_it_says_its_version_and_day(in_force, cast):
    facts = dict(printed(version_to_read(cast.quan, in_force.pk)).facts)
    assert f"{today():%Y-%m-%d}" in facts.values()


def test_drafts_are_printed_by_who_writes_them_only(draft, cast, as_):
    url = reverse("rulebook:print_word", args=[draft.pk])
    assert as_(cast.quan).get(url).status_code == 200
    assert as_(cast.nora).get(url).status_code == 404
    assert as_(cast.quan).post(url).status_code == 405


@needs_pdf
def test_everything_that_holds_for_a_unit_is_one_document(in_force, cast, as_):
    client = as_(cast.bo)  # his team is below the hotline
    answer = client.get(reverse("rulebook:print_unit_pdf", args=[cast.first.pk]))
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


@pytest.mark.usefixtures("small_packs")
def test_the_rulebook_of_a_unit_in_word_has_a_chapter_for_each_regulation(cast, as_):
    make_version("small", cast.hotline, by=cast.quan)
    make_version("child", cast.first, by=cast.quan)
    url = reverse("rulebook:print_unit_word", args=[cast.first.pk])
    answer = as_(cast.bo).get(url, headers={"Accept-Language": "en"})
    document = Document(io.BytesIO(answer.content))
    text = {p.style.name: [q.text for q in document.paragraphs if q.style.name == p.style.name]
            for p in document.paragraphs}  # fmt: skip
    assert text["Title"] == ["Rulebook of 一组"]
    with override("en"):
        own = [str(version.title) for version in versions_for(cast.first)]
    assert text["Heading 1"] == own
    assert len(own) == 2
    assert text["Heading 2"]  # the regulations' own chapters
    assert len(document.tables) == 2
    assert as_(cast.bo).post(url).status_code == 405


def test_several_regulations_begin_with_a_list_of_them(in_force):
    shown = printed(in_force)
    several = render_to_string("rulebook/print.html", {"documents": [shown, shown], "title": "T"})
    assert several.count('href="#regulation-') == several.count('id="regulation-') == 2
    one = render_to_string("rulebook/print.html", {"documents": [shown], "title": "T"})
    assert 'href="#regulation-' not in one


def test_a_unit_without_regulations_has_nothing_to_print(cast, as_):
    for name in ("print_unit_pdf", "print_unit_word"):
        url = reverse(f"rulebook:{name}", args=[cast.first.pk])
        assert as_(cast.quan).get(url).status_code == 404


def test_the_list_of_regulations_leads_to_the_rulebook_of_each_unit(in_force, cast, as_):
    page = as_(cast.bo).get(reverse("rulebook:list")).content.decode()
    for name in ("print_unit_pdf", "print_unit_word"):
        assert reverse(f"rulebook:{name}", args=[cast.hotline.pk]) in page
        assert reverse(f"rulebook:{name}", args=[cast.first.pk]) not in page


def test_without_regulations_in_force_the_list_offers_nothing_to_print(draft, cast, as_):
    page = as_(cast.quan).get(reverse("rulebook:list")).content.decode()
    assert "print.pdf" not in page
