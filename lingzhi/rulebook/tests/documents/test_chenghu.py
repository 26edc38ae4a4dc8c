"""A regulation of 40 articles, unlike any pack, read from Word."""

from collections import Counter

import yaml
from django.conf import settings

from lingzhi.rulebook.regulation_text.articles import regulation_of
from lingzhi.rulebook.regulation_text.proposals import Vocabulary
from lingzhi.rulebook.regulation_text.proposing import one_per_post, proposals_of
from lingzhi.rulebook.regulation_text.reading import read_file
from lingzhi.rulebook.tests.documents.chenghu import EXPECTED, FILE
from lingzhi.rulebook.tests.documents.saying import said


def read():
    return regulation_of(read_file(FILE.read_bytes(), FILE.name))


def vocabulary() -> Vocabulary:
    text = (settings.BASE_DIR / "lingzhi/org/catalogue/posts.yaml").read_text()
    posts = yaml.safe_load(text)
    names = {
        name: post["code"] for post in posts for name in (post["name"], *post.get("aliases", ()))
    }
    return Vocabulary(names)


def test_every_chapter_and_article_is_a_clause():
    regulation = read()
    numbers = [article.number for article in regulation.articles]
    headings = [article.number for article in regulation.articles if article.force == "heading"]
    assert regulation.title == "云渡市澄湖水务有限公司供水热线服务管理办法"
    assert len(numbers) == 47
    assert headings == [f"第{number}章" for number in "一二三四五六七"]
    assert numbers[numbers.index("第三章") + 1] == "第十一条"  # counted by Word
    assert numbers[-1] == "第四十条"


def test_titles_items_tables_and_line_breaks_stay_with_their_article():
    clauses = {article.number: article for article in read().articles}
    assert clauses["第二条"].title == "适用范围"
    assert clauses["第四条"].title == "首问负责"
    assert clauses["第五条"].text.count("\n") == 3
    assert "水质咨询｜2小时内｜1个工作日内" in clauses["第二十一条"].text
    assert clauses["第二十八条"].text.splitlines()[1] == "（一）“这不归我们管”；"
    assert clauses["第二十九条"].text.endswith("不得与用户争辩。")


def test_front_matter_is_recognised():
    front = read().front
    assert front.interpreter == "客户服务部"
    assert front.principles == ("用户至上", "限时办结", "公开透明", "持续改进")
    assert front.basis == ("《中华人民共和国消费者权益保护法》", "《城市供水条例》")
    assert front.applies_to.startswith("本办法适用于公司供水热线中心")
    assert "2026年3月1日" in front.effective


def test_force_follows_the_words():
    force = {article.number: article.force for article in read().articles}
    assert force["第一条"] == "statement"
    assert force["第十五条"] == "must"
    assert force["第二十七条"] == "statement"


def test_proposals_are_what_a_person_expects():
    words = vocabulary()
    every = [
        (article.number, proposal)
        for article in read().articles
        for proposal in proposals_of(article.text, article.title, words)
    ]
    found = Counter(f"{number} {said(one)}" for number, one in one_per_post(every))
    expected = Counter(EXPECTED.strip().splitlines())
    right = (found & expected).total()
    precision, recall = right / found.total(), right / expected.total()
    report = "\n".join(
        [
            f"precision {precision:.3f} recall {recall:.3f} of {expected.total()}",
            *(f"- {line}" for line in (expected - found).elements()),
            *(f"+ {line}" for line in (found - expected).elements()),
        ]
    )
    assert (precision, recall) == (1.0, 1.0), report
