"""Writing a rule through either door: saved once, refused with every problem and nothing lost."""

import pytest
from django.urls import reverse

from lingzhi.contacts.factories import make_contact
from lingzhi.inspections import services
from lingzhi.inspections.canonical import canonical
from lingzhi.inspections.factories import SHIRKING, make_rule
from lingzhi.inspections.models import Rule, RuleVersion
from lingzhi.inspections.rule_text import as_yaml
from lingzhi.inspections.tests.test_editor_forms import sent

NEW = reverse("inspections:new_rule")
CHECK, TRY, TEST = (reverse(f"inspections:{name}") for name in ("check", "try_rule", "test_rule"))
ENGLISH = {"Accept-Language": "en"}
HTMX = {**ENGLISH, "HX-Request": "true"}


def form_of(body, **changed) -> dict:
    data = sent(canonical(body))
    found = {key: data.getlist(key) for key in data}
    return found | {"door": "form", "do": "save"} | changed


def edit_url(version) -> str:
    return reverse("inspections:edit_rule", args=[version.rule_id])


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_form_saves_a_draft_of_its_writer(as_, cast):
    answer = as_(cast.ines).post(NEW, form_of(SHIRKING, note="first try"))
    version = RuleVersion.objects.get()
    assert (answer.status_code, answer.url) == (
        302,
        reverse("inspections:rule", args=[version.rule_id]),
    )
    assert (version.state, version.note, version.rule.owner) == ("draft", "first try", cast.ines)
    assert version.body == canonical({**SHIRKING, "version": 1})


def test_both_doors_save_the_same(as_, cast):
    client = as_(cast.ines)
    client.post(NEW, form_of(SHIRKING))
    other = as_yaml({**SHIRKING, "id": "ownership.other"})
    client.post(NEW, {"door": "yaml", "do": "save", "text": other})
    one, two = (version.body for version in RuleVersion.objects.order_by("id"))
    assert {**one, "id": ""} == {**two, "id": ""}


def test_editing_a_rule_in_force_makes_its_next_version(as_, cast):
    version = make_rule()
    page = as_(cast.ines).get(edit_url(version), headers=ENGLISH)
    assert "推诿用语" in text(page)
    answer = as_(cast.ines).post(edit_url(version), form_of({**SHIRKING, "severity": "minor"}))
    assert answer.status_code == 302
    draft = version.rule.versions.get(number=2)
    assert (draft.state, draft.severity) == ("draft", "minor")


def test_a_htmx_save_redirects_the_whole_page(as_, cast):
    answer = as_(cast.ines).post(NEW, form_of(SHIRKING), headers=HTMX)
    assert answer["HX-Redirect"] == reverse("inspections:rule", args=[Rule.objects.get().pk])


def test_examples_that_fail_are_said_and_saved(as_, cast):
    data = form_of(SHIRKING, tests_hit=["客服：好的"])
    page = as_(cast.ines).post(NEW, data, follow=True, headers=ENGLISH)
    assert "1 thing is missing before it can judge" in text(page)
    assert RuleVersion.objects.count() == 1


def test_every_problem_of_the_form_stands_beside_its_field(as_, cast):
    data = form_of(SHIRKING, when=["pushed && other"], severity=["huge"], title_zh=[""],
                   tests_miss=["谁也不是：您好"], **{"c0-p_words": ["一词"]})  # fmt: skip
    answer = as_(cast.ines).post(NEW, data, headers=ENGLISH)
    page = text(answer)
    assert answer.status_code == 422
    assert "Nobody is said to speak" in page
    assert "一词" in page
    assert "pushed &amp;&amp; other" in page
    assert not Rule.objects.exists()


def test_problems_the_engine_finds_stand_beside_their_fields(as_, cast):
    data = form_of(SHIRKING, when=["pushed && other"],
                   **{"c0-p_mode": ["at_least"], "c0-p_n": ["7"]})  # fmt: skip
    answer = as_(cast.ines).post(NEW, data, headers=ENGLISH)
    page = text(answer)
    assert answer.status_code == 422
    assert "there is no condition “other”" in page
    assert "must be at most 1" in page
    assert "不归我们管" in page


def test_every_problem_of_the_text_is_named_by_its_place(as_, cast):
    wrong = as_yaml(SHIRKING).replace("severe", "huge").replace("when: pushed", "when: pushd")
    answer = as_(cast.ines).post(
        NEW, {"door": "yaml", "do": "save", "text": wrong}, headers=ENGLISH
    )
    page = text(answer)
    assert answer.status_code == 422
    assert "<b>Severity</b>: must be one of: severe, moderate, minor" in page
    assert "did you mean “pushed”?" in page
    assert "severity: huge" in page


@pytest.mark.parametrize("wrong", ["a: [", "- 1", "just words", "a: &x [1]\nb: *x", "[" * 5000])
def test_text_that_is_no_rule_is_refused(as_, cast, wrong):
    answer = as_(cast.ines).post(NEW, {"door": "yaml", "do": "save", "text": wrong})
    assert answer.status_code == 422


def test_a_code_that_is_taken_is_refused(as_, cast):
    make_rule()
    answer = as_(cast.ines).post(NEW, form_of(SHIRKING), headers=ENGLISH)
    assert answer.status_code == 422
    assert "is used by another rule" in text(answer)


def test_the_code_of_a_rule_cannot_be_changed_in_the_text(as_, cast):
    version = make_rule()
    moved = as_yaml({**SHIRKING, "id": "ownership.moved"})
    answer = as_(cast.ines).post(edit_url(version), {"door": "yaml", "do": "save", "text": moved})
    assert answer.status_code == 422


def test_a_draft_saved_meanwhile_is_not_overwritten_unseen(as_, cast):
    version = make_rule(state="draft")
    seen = services.draft_stamp(version)
    services.save_draft(version.rule, {**SHIRKING, "severity": "minor"}, by=cast.quan)
    client = as_(cast.ines)
    data = form_of(SHIRKING, seen=seen)
    answer = client.post(edit_url(version), data, headers=ENGLISH)
    assert answer.status_code == 422
    assert "Somebody else saved this draft" in text(answer)
    version.refresh_from_db()
    assert version.severity == "minor"
    again = form_of(SHIRKING, seen=services.draft_stamp(version))
    assert client.post(edit_url(version), again).status_code == 302


def test_a_row_is_added_and_taken_out_without_losing_a_word(as_, cast):
    client = as_(cast.ines)
    added = client.post(NEW, form_of(SHIRKING, do="add", add_op="time.silence", title_zh=[""]))
    page = text(added)
    assert added.status_code == 200
    assert 'name="c1-p_min_ms"' in page
    assert "不归我们管" in page
    assert "lz-error" not in page
    data = form_of(SHIRKING, c_count=["2"], do="drop-0", **{"c1-op": "text.regex", "c1-was":
                   "text.regex", "c1-name": "second", "c1-p_pattern": "抱歉"})  # fmt: skip
    left = text(client.post(NEW, data))
    assert "抱歉" in left
    assert "不归我们管" not in left.split('id="examples-title"')[0]


def test_boxes_of_a_new_operator_begin_as_they_usually_are(as_, cast):
    data = form_of(SHIRKING, **{"c0-op": "conv.ifThen", "c0-was": "text.keyword"})
    answer = as_(cast.ines).post(NEW, data)
    assert answer.status_code == 200
    page = text(answer)
    box = page[page.index('name="c0-p_same_turn"') :].split(">")[0]
    assert "checked" in box
    assert not Rule.objects.exists()


def test_the_doors_change_without_losing_a_word(as_, cast):
    client = as_(cast.ines)
    page = text(client.post(NEW, form_of(SHIRKING, do="yaml")))
    assert "op: text.keyword" in page
    back = client.post(NEW, {"door": "yaml", "do": "form", "text": as_yaml(SHIRKING)})
    assert 'name="c0-p_words"' in text(back)
    assert "不归我们管" in text(back)
    broken = client.post(NEW, {"door": "yaml", "do": "form", "text": "a: ["})
    assert (broken.status_code, "a: [" in text(broken)) == (422, True)


def test_the_check_names_every_problem_while_one_writes(as_, cast):
    client = as_(cast.ines)
    good = client.post(CHECK, form_of(SHIRKING), headers=HTMX)
    assert "No problem" in text(good)
    bad = client.post(CHECK, form_of(SHIRKING, when=["pushed &&"]), headers=HTMX)
    assert "Hit when" in text(bad)
    assert bad.status_code == 200
    failing = client.post(CHECK, form_of(SHIRKING, tests_hit=["客服：好的"]), headers=HTMX)
    assert "example 1 should give a hit but gives no hit" in text(failing)


def test_it_is_tried_on_a_pasted_dialogue(as_, cast):
    data = form_of(SHIRKING, dialogue="客户：怎么办\n客服：这个不归我们管")
    page = text(as_(cast.ines).post(TRY, data, headers=HTMX))
    assert "holds" in page
    assert '<mark class="lz-mark-bad" title="">不归我们管</mark>' in page


@pytest.mark.parametrize(
    ("dialogue", "words"), [("", "Paste a dialogue"), ("您好", "Nobody is said to speak")]
)
def test_a_dialogue_that_cannot_be_read_is_named(as_, cast, dialogue, words):
    page = as_(cast.ines).post(TRY, form_of(SHIRKING, dialogue=dialogue), headers=HTMX)
    assert words in text(page)


def test_it_is_tried_on_a_stored_conversation_masked(as_, cast, judged):
    page = text(as_(cast.ines).post(TRY, form_of(SHIRKING, number="BO-1"), headers=HTMX))
    assert "holds" in page
    assert "13800002071" not in page
    missing = as_(cast.ines).post(TRY, form_of(SHIRKING, number="NONE"), headers=HTMX)
    assert "There is no conversation of this number." in text(missing)


def test_it_is_tested_on_the_latest_conversations_of_the_own_reach(as_, cast, judged):
    make_contact("NEW-1", agent="1003", turns="客服:这不归我们管")
    page = text(as_(cast.ines).post(TEST, form_of(SHIRKING, latest="100"), headers=HTMX))
    assert "3 of 4 hit" in page
    assert reverse("contacts:detail", args=[judged.bo.pk]) + "#turn-2" in page
    assert not RuleVersion.objects.filter(number=2).exists()


def test_a_rule_that_cannot_be_used_is_not_tried(as_, cast):
    for url in (TRY, TEST):
        answer = as_(cast.ines).post(url, form_of(SHIRKING, when=["x"]), headers=HTMX)
        assert answer.status_code == 422


@pytest.mark.parametrize("url", [CHECK, TRY, TEST])
def test_without_script_a_trial_is_a_page(as_, cast, url):
    answer = as_(cast.ines).post(url, form_of(SHIRKING, dialogue="客服：不归我们管"))
    assert "<html" in text(answer)


def test_who_only_reads_does_not_write(as_, cast):
    version = make_rule()
    client = as_(cast.ada)
    for url in (NEW, edit_url(version)):
        assert client.get(url).status_code == 403
        assert client.post(url, form_of(SHIRKING)).status_code == 403
    for url in (CHECK, TRY, TEST):
        assert client.post(url, form_of(SHIRKING)).status_code == 403
    assert RuleVersion.objects.count() == 1


def test_a_missing_rule_does_not_exist(as_, cast):
    assert as_(cast.ines).get(reverse("inspections:edit_rule", args=[999_999])).status_code == 404


def test_anonymous_is_sent_to_sign_in(client, cast):
    assert client.get(NEW).status_code == 302
    assert client.post(CHECK).status_code == 302


def test_trials_are_posted(as_, cast):
    for url in (CHECK, TRY, TEST):
        assert as_(cast.ines).get(url).status_code == 405
