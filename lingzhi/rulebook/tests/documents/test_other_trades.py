"""Regulations of other trades and other ways of numbering: a hotel, a bank, Hong Kong."""

import pytest

from lingzhi.rulebook.kinds import WAITING
from lingzhi.rulebook.regulation_text.articles import regulation_of
from lingzhi.rulebook.regulation_text.proposals import Vocabulary
from lingzhi.rulebook.regulation_text.proposing import one_per_post, proposals_of
from lingzhi.rulebook.regulation_text.reading import read_text
from lingzhi.rulebook.tests.documents.saying import said

POSTS = Vocabulary({"班组长": "team_leader", "质检人员": "inspector"})

HOTEL = """
云麓酒店前厅与总机服务规范
一、总则
（一）目的：统一宾客接待标准。
（二）本规范适用于前厅部与总机房。
二、电话接待
（一）总机来电须在铃响3声之内接起，及时率不低于98%。
（二）问候宾客时统一说“您好，云麓酒店总机”。
（三）不得对宾客说“没房了”“不可能”。
三、宾客意见
（一）宾客投诉30分钟内由大堂副理响应，当班无法解决的，24小时内给出处理方案。
（二）宾客满意度每月达到95%以上，低于90%须提交整改报告。
（三）离店后7天内对会员宾客进行回访。
（四）可以视情况赠送礼品。
四、管理
（一）每班召开班前会，每月开展一次服务礼仪培训。
（二）宜每年组织神秘顾客检查。
"""

BANK = """
# 江陵农商银行客户服务中心运行标准

## 1 范围

本标准适用于远程银行中心。

## 2 服务指标

2.1 人工服务20秒接通率应不低于85%。

2.2 平均通话时长应不超过4分30秒。

2.3 指标要求见下表。

| 指标 | 目标值（%） | 统计周期 |
|---|---|---|
| 客户满意度 | 99 | 每月 |
| 一次性解决率 | ≥90 | 每月 |
| 信用卡激活率 | 60 | 每季度 |

## 3 投诉

3.1 投诉应于2小时内联系客户，一般投诉15日内答复，复杂投诉不超过60日办结。

3.2 录音保存期限不少于2年。

## 4 合规

4.1 严禁向客户承诺收益，禁止使用“保本”“稳赚”等用语。

4.2 每年对客服人员进行不少于2次合规考试，90分（含）以上为合格。
"""

TRADITIONAL = """
第一條 客戶服務熱線應於電話響起三聲內接聽。
第二條 客戶查詢須於2個工作天內回覆。
第三條 職員不得使用「唔知」、「唔關我事」等用語。
第四條 客戶滿意度不得低於九成半。
"""


def found_in(text: str) -> list[str]:
    regulation = regulation_of(read_text(text))
    every = [
        (article.number, one)
        for article in regulation.articles
        for one in proposals_of(article.text, article.title, POSTS)
    ]
    return [f"{number} {said(one)}" for number, one in one_per_post(every)]


def test_a_hotel_numbers_with_han_and_brackets():
    articles = regulation_of(read_text(HOTEL)).articles
    assert [article.number for article in articles][:5] == [
        "一",
        "一（一）",
        "一（二）",
        "二",
        "二（一）",
    ]
    assert {a.number: a.force for a in articles}["四（二）"] == "should"
    assert {a.number: a.force for a in articles}["三（四）"] == "may"
    assert found_in(HOTEL) == [
        "二（一） kpi_target K03 limit=3rings target=98percent",
        "二（二） phrases must opening words=1",
        "二（三） phrases avoid any words=2",
        "三（一） sla first_response complaint limit=30minutes",
        "三（一） sla proposal complaint limit=24hours",
        "三（二） kpi_target K12 period=monthly target=95percent",
        "三（三） followup within=7days",
        "四（一） meeting cadence=daily",
        "四（一） training cadence=monthly",
        "四（二） audit cadence=yearly",
    ]


def test_a_bank_numbers_with_decimals_in_markdown():
    regulation = regulation_of(read_text(BANK))
    assert regulation.title == "江陵农商银行客户服务中心运行标准"
    assert [article.number for article in regulation.articles] == [
        "1", "2", "2.1", "2.2", "2.3", "3", "3.1", "3.2", "4", "4.1", "4.2",
    ]  # fmt: skip
    assert found_in(BANK) == [
        "2.1 kpi_target K03 limit=20seconds target=85percent",
        "2.2 kpi_target K04 target=270seconds",
        "2.3 kpi_target K12 period=monthly target=99percent",
        "2.3 kpi_target K07 period=monthly target=90percent",
        "2.3 kpi_target  target=60percent",
        "3.1 sla first_response complaint limit=2hours",
        "3.1 sla feedback complaint limit=15days",
        "3.1 sla resolution complex limit=60days",
        "3.2 retention months=24months",
        "4.1 phrases avoid any words=2",
        "4.2 exam cadence=yearly pass_mark=90percent",
    ]


def test_traditional_characters_are_understood_and_kept():
    regulation = regulation_of(read_text(TRADITIONAL))
    assert regulation.articles[0].text == "客戶服務熱線應於電話響起三聲內接聽。"
    assert {article.force for article in regulation.articles} == {"must"}
    assert found_in(TRADITIONAL) == [
        "第一條 kpi_target K03 limit=3rings target=?",
        "第二條 sla first_response request limit=2working_days",
        "第三條 phrases avoid any words=2",
        "第四條 kpi_target K12 target=95percent",
    ]


@pytest.mark.parametrize(
    ("text", "method", "per"),
    [
        ("质检人员每月对每名客服专员随机抽检10条录音。", "random", "agent"),
        ("每周按业务类型分层抽检每个班组的通话20条。", "stratified", "team"),
        ("每日监听通话，每人不少于2次。", "live", "agent"),
        ("每月抽检通话100条。", "random", "centre"),
    ],
)
def test_what_is_drawn_is_said_in_the_words_of_its_kind(text, method, per):
    [found] = [one for one in proposals_of(text, "", POSTS) if one.kind == "sampling"]
    assert found.fixed == {"method": method, "per": per}
    [kind] = [one for one in WAITING if one.code == "sampling"]
    choices = {one.name: dict(one.choices()) for one in kind.params if one.choices}
    assert all(value in choices[name] for name, value in found.fixed.items())
