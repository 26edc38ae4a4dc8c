"""What inspection runs for rulebooks: rules and phrases, put to work and counted."""

import dataclasses
from collections import Counter
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import make_contact
from lingzhi.contacts.models import Contact
from lingzhi.core.controls import Binding, Evidence, control_kinds
from lingzhi.inspections import services
from lingzhi.inspections.factories import LENGTH, SHIRKING, make_rule
from lingzhi.inspections.first_set import first_titles
from lingzhi.inspections.models import Inspection, InspectionRun, Rule, RuleVersion
from lingzhi.inspections.queries.keeping import contacts_that, evidence_of
from lingzhi.inspections.services import RuleNotInForce
from lingzhi.inspections.tests.conftest import PUSHED
from lingzhi.rulebook.packs import say
from lingzhi.rulebook.values import flaws_of

DAY = date(2026, 11, 20)
PRAISE = {
    **SHIRKING,
    "id": "praise.kind",
    "conditions": {"kind": {"op": "text.keyword", "words": ["我帮您"]}},
    "when": "kind",
    "effect": {"kind": "credit", "points": 1},
    "tests": {"hit": [["agent: 我帮您查一下"]], "miss": [["agent: 不知道"]]},
}


def binding(unit, kind="inspection_rule", pk=1, **values) -> Binding:
    return Binding(
        control_id=pk,
        reference="s26 2.4.1 ownership",
        kind=kind,
        title={"zh-Hans": "不推诿", "en": "No shirking"},
        values=values,
        unit_id=unit.pk,
        unit_path=unit.path,
        from_on=DAY,
    )


def words(unit, *phrases, use="must", **values) -> Binding:
    return binding(unit, "phrases", use=use, words=list(phrases), place="any", **values)


def recount(rules: dict[str, bool], contacts) -> Counter:
    """The same figure from the rows one by one; `rules` says which of them are credits."""
    found = Counter()
    for contact in contacts:
        latest = contact.inspections.get(is_latest=True)
        codes = RuleVersion.objects.select_related("rule").in_bulk(latest.snapshot.version_ids)
        said = set()
        for pk, letter in zip(latest.snapshot.version_ids, latest.verdicts, strict=True):
            code = codes[pk].rule.code
            if code in rules:
                good, bad = ("h", "m") if rules[code] else ("m", "h")
                said.add({good: "kept", bad: "broken", "u": "unknown"}.get(letter, "na"))
        for verdict in ("broken", "unknown", "kept"):
            if verdict in said:
                found[verdict] += 1
                break
    return found


def of_day(*bindings: Binding) -> list[Evidence | None]:
    return [days.get(DAY) for days in evidence_of(bindings, DAY, DAY)]


@pytest.fixture
def two_rules(judged):
    """The judged conversations again with a rule that needs times, and one that praises."""
    make_rule(LENGTH)
    make_rule(PRAISE)
    timed = [
        {"role": "agent", "text": "我帮您查一下", "start_ms": 0, "end_ms": 1000},
        {"role": "customer", "text": "好", "start_ms": 30000, "end_ms": 31000},
    ]
    make_contact("TIMED", agent="1002", turns=timed)
    make_contact("NOBODY", agent="unknown", turns=PUSHED)
    services.inspect_all(Contact.objects.all())
    return judged


def test_evidence_equals_a_recount_from_the_rows(cast, two_rules):
    asked = [
        ({"ownership.shirking": False}, cast.hotline),
        ({"time.too_long": False}, cast.hotline),
        ({"praise.kind": True}, cast.hotline),
        ({"ownership.shirking": False, "time.too_long": False}, cast.first),
        ({"ownership.shirking": False, "praise.kind": True}, cast.second),
    ]
    found = of_day(*(binding(unit, rules=list(rules)) for rules, unit in asked))
    for (rules, unit), evidence in zip(asked, found, strict=True):
        rows = recount(rules, Contact.objects.filter(unit__path__startswith=unit.path))
        expected = Evidence(rows["kept"], rows["broken"], rows["unknown"])
        assert evidence == expected, rules
    assert found[1].unknown > 0  # no times: cannot be judged
    assert found[3].broken == 2  # one by each of its rules


def test_conversations_of_no_team_count_for_the_whole_company_only(cast, two_rules):
    company, centre = of_day(
        binding(cast.company, rules=["ownership.shirking"]),
        binding(cast.hotline, rules=["ownership.shirking"]),
    )
    assert (company.broken, centre.broken) == (3, 2)


@pytest.mark.parametrize("outcome", ["kept", "broken", "unknown"])
@pytest.mark.parametrize(
    "rules", [["ownership.shirking"], ["ownership.shirking", "time.too_long"], ["praise.kind"]]
)
def test_behind_each_figure_stand_just_its_conversations(cast, two_rules, outcome, rules):
    asked = binding(cast.hotline, rules=rules)
    assert contacts_that(outcome, asked, DAY, DAY).count() == getattr(of_day(asked)[0], outcome)


def test_channels_and_excepted_units_are_left_out(cast, judged):
    asked = binding(cast.hotline, rules=["ownership.shirking"])
    without = dataclasses.replace(asked, except_paths=(cast.second.path,))
    by_chat = dataclasses.replace(asked, channels=("chat",))
    assert of_day(asked, without, by_chat) == [Evidence(1, 2), Evidence(1, 1), None]
    assert contacts_that("broken", without, DAY, DAY).get() == judged.bo
    assert not contacts_that("broken", by_chat, DAY, DAY).exists()


def test_a_judgement_stays_with_the_version_in_force_then(cast, judged):
    """A newer version judged in shadow beside the old one, and came into force later."""
    body = {**SHIRKING, "conditions": {"pushed": {"op": "text.keyword", "words": ["查一下"]}}}
    body["tests"] = {"hit": [["agent: 查一下"]], "miss": [["agent: 您好"]]}
    newer = services.save_draft(judged.version.rule, body, by=None)
    services.shadow_version(newer, by=None)
    services.inspect_all(Contact.objects.all())
    services.activate_version(RuleVersion.objects.get(pk=newer.pk), by=None)
    asked = binding(cast.hotline, rules=["ownership.shirking"])
    assert of_day(asked) == [Evidence(1, 2)]
    services.inspect_all(Contact.objects.all())
    assert of_day(asked) == [Evidence(2, 1)]  # judged anew: the latest judgement counts


def test_what_a_retired_rule_judged_stays(cast, judged):
    services.retire_version(judged.version, reason="outdated", by=cast.quan)
    make_rule(LENGTH)
    services.inspect_all(Contact.objects.all())
    assert of_day(binding(cast.hotline, rules=["ownership.shirking"])) == [Evidence(1, 2)]


def test_a_rule_in_shadow_only_counts_for_nobody(cast, judged):
    make_rule(PRAISE, state="shadow")
    services.inspect_all(Contact.objects.all())
    assert of_day(binding(cast.hotline, rules=["praise.kind"])) == [None]


def test_reading_does_not_grow_with_controls(cast, judged, django_assert_max_num_queries):
    asked = [binding(cast.hotline, rules=["ownership.shirking"], pk=pk) for pk in range(40)]
    with django_assert_max_num_queries(4):
        evidence_of(asked, DAY, DAY)


# --- putting to work ----------------------------------------------------------------------------


def test_missing_rules_are_brought_in_and_stored_conversations_judged(cast, run_jobs):
    make_contact("A", agent="1002", turns=PUSHED)
    asked = binding(cast.hotline, rules=["ownership.shirking", "opening.no_greeting"])
    for _time in range(2):
        control_kinds()["inspection_rule"].apply(asked, cast.quan)
    assert RuleVersion.objects.filter(state="active").count() == 2
    assert Rule.objects.filter(owner=None).count() == 2
    entry = Entry.objects.get(action="inspections.rules_adopted")
    assert entry.reason == "§ s26 2.4.1 ownership"
    assert InspectionRun.objects.count() == 1
    run_jobs()
    assert Inspection.objects.count() == 1
    assert of_day(asked) == [Evidence(broken=1)]


def test_a_rule_in_force_stays_as_it_is(cast, judged):
    control_kinds()["inspection_rule"].apply(
        binding(cast.hotline, rules=["ownership.shirking"]), cast.quan
    )
    assert RuleVersion.objects.count() == 1
    assert not InspectionRun.objects.exists()


@pytest.mark.parametrize("state", ["draft", "shadow"])
def test_a_clause_does_not_put_a_persons_draft_into_force(cast, state):
    make_rule(state=state)
    with pytest.raises(RuleNotInForce, match=r"ownership\.shirking"):
        control_kinds()["inspection_rule"].apply(
            binding(cast.hotline, rules=["ownership.shirking"]), cast.quan
        )


def test_ending_retires_what_came_with_the_clause_only(cast, judged):
    kind = control_kinds()["inspection_rule"]
    asked = binding(cast.hotline, rules=["ownership.shirking", "opening.no_greeting"])
    kind.apply(asked, cast.quan)
    kind.end(asked, cast.quan)
    kind.end(asked, cast.quan)
    states = dict(RuleVersion.objects.values_list("rule__code", "state"))
    assert states == {"ownership.shirking": "active", "opening.no_greeting": "retired"}


def test_a_rule_that_a_person_took_over_stays(cast):
    kind = control_kinds()["inspection_rule"]
    asked = binding(cast.hotline, rules=["opening.no_greeting"])
    kind.apply(asked, cast.quan)
    services.change_owner(Rule.objects.get(), cast.quan, by=cast.quan)
    kind.end(asked, cast.quan)
    assert RuleVersion.objects.get().state == "active"


def test_a_rule_that_ended_with_a_clause_comes_back_with_it(cast):
    kind = control_kinds()["inspection_rule"]
    asked = binding(cast.hotline, rules=["opening.no_greeting"])
    for act in (kind.apply, kind.end, kind.apply):
        act(asked, cast.quan)
    assert list(RuleVersion.objects.values_list("number", "state")) == [
        (2, "active"),
        (1, "retired"),
    ]


def test_unknown_rules_and_empty_lists_are_flaws(cast):
    make_rule({**PRAISE, "id": "praise.own"})
    kinds = control_kinds()

    def flaws(*codes: str) -> list[str]:
        return [f.param for f in flaws_of(kinds["inspection_rule"], {"rules": list(codes)})]

    assert flaws("no.such") == ["rules"]
    assert flaws("opening.no_greeting", "praise.own") == []
    assert [f.param for f in kinds["inspection_rule"].check({})] == ["rules"]
    assert [f.param for f in kinds["phrases"].check({"words": [" "]})] == ["words"]
    assert list(kinds["phrases"].check({"words": ["您好"]})) == []


def test_rules_are_called_by_their_titles_in_the_readers_language(cast):
    version = make_rule({**PRAISE, "id": "praise.own", "title": {"zh-Hans": "热心", "en": "Warm"}})
    draft = services.save_draft(version.rule, {**version.body, "title": {"en": "New"}}, by=None)
    shown = ["ownership.shirking", "praise.own", "gone.rule"]
    with translation.override("en"):
        assert say("inspection_rule", "rules", shown) == "Shirking, Warm, gone.rule"
    with translation.override("zh-hans"):
        assert say("inspection_rule", "rules", shown[1:2]) == "热心"
    services.activate_version(draft, by=None)
    with translation.override("en"):
        assert say("inspection_rule", "rules", ["praise.own"]) == "New"


def test_the_rules_of_the_program_are_read_again_when_a_file_changed(settings, tmp_path):
    settings.FIRST_RULES = tmp_path
    file = tmp_path / "rules.yaml"
    file.write_text("rules: [{id: a.one, title: {en: One}}]")
    assert first_titles() == {"a.one": {"en": "One"}}
    assert first_titles() is first_titles()
    file.write_text("rules: [{id: a.one, title: {en: Uno}}, {id: a.two}]")
    assert first_titles() == {"a.one": {"en": "Uno"}, "a.two": {}}


# --- phrases ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("use", "phrase", "expected"),
    [
        ("must", "我帮您", Evidence(kept=1, broken=2)),
        ("avoid", "不归我们管", Evidence(kept=1, broken=2)),
        ("avoid", "我帮您", Evidence(kept=2, broken=1)),
    ],
)
def test_phrases_are_a_rule_that_judges(cast, judged, run_jobs, use, phrase, expected):
    asked = words(cast.hotline, phrase, "二〇", use=use)
    for _time in range(2):
        control_kinds()["phrases"].apply(asked, cast.quan)
    run_jobs()
    version = RuleVersion.objects.get(rule__code="phrases.s26_ownership")
    assert (version.state, version.kind, version.title) == ("active", "violation", "不推诿")
    assert of_day(asked) == [expected]


def test_new_words_are_a_new_version_and_old_figures_stay(cast, judged, run_jobs):
    kind = control_kinds()["phrases"]
    old, new = words(cast.hotline, "我帮您"), words(cast.hotline, "不归我们管")
    kind.apply(old, cast.quan)
    run_jobs()
    before = of_day(old)
    kind.end(old, cast.quan)
    kind.apply(new, cast.quan)
    run_jobs()
    assert before == [Evidence(kept=1, broken=2)]
    assert of_day(old, new) == [*before, Evidence(kept=2, broken=1)]
    rule = Rule.objects.get(code="phrases.s26_ownership")
    assert [(v.number, v.state) for v in rule.versions.all()] == [(2, "active"), (1, "retired")]


def test_the_same_words_share_a_rule(cast, judged):
    kind = control_kinds()["phrases"]
    kind.apply(words(cast.first, "我帮您"), cast.quan)
    kind.apply(words(cast.second, "我帮您"), cast.quan)
    assert Rule.objects.filter(code__startswith="phrases.").count() == 1


def test_words_of_a_channel_and_place_bind_there_only(cast, judged, run_jobs):
    asked = words(cast.hotline, "我帮您", channel="chat")
    control_kinds()["phrases"].apply(asked, cast.quan)
    run_jobs()
    assert of_day(asked) == [None]  # all of them are calls


def test_words_that_examples_consist_of_can_be_put_to_work(cast):
    asked = words(cast.hotline, "〇", "一", "二", use="avoid")
    control_kinds()["phrases"].apply(asked, cast.quan)
    assert RuleVersion.objects.get().state == "active"


# --- down to the conversations ------------------------------------------------------------------


def test_evidence_leads_to_a_page(cast, judged, as_):
    asked = binding(cast.hotline, rules=["ownership.shirking"])
    url = control_kinds()["inspection_rule"].evidence_url(asked, DAY, DAY, "broken")
    assert url.startswith(reverse("inspections:conversations") + "?control=1&verdict=broken")
    assert as_(cast.quan).get(url).status_code == 200
