"""Texts come together by the phrases they share."""

from lingzhi_engine.topics import topics_of

TEXTS = [
    "等待时间太长，半天没人接", "电话等待时间太久了", "等了二十分钟，等待时间太长",
    "退款一直没有到账", "退款三天了没有到账", "希望退款快一点",
    "客服态度很好，谢谢", "态度很好，解答清楚", "没有意见",
]  # fmt: skip


def test_texts_are_grouped_by_the_phrases_in_them():
    found = {topic.phrase: topic.texts for topic in topics_of(TEXTS)}
    assert found == {"等待时间": (0, 1, 2), "退款": (3, 4, 5), "态度很好": (6, 7)}
    assert all(phrase in TEXTS[at] for phrase, places in found.items() for at in places[:1])


def test_english_goes_by_words():
    (topic,) = topics_of(["The wait was too long", "such a long wait again", "a wait of an hour"])
    assert topic.phrase == "wait"
    assert topic.texts == (0, 1, 2)


def test_a_text_belongs_to_one_topic_and_single_ones_to_none():
    topics = topics_of(TEXTS)
    places = [at for topic in topics for at in topic.texts]
    assert len(places) == len(set(places))
    assert 8 not in places
    assert topics_of(["只有一条", ""]) == topics_of([]) == []
    assert topics_of(["请问怎么退货", "怎么安装", "这个怎么付"]) == []  # words of every talk
