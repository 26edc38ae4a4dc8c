"""A case is recognised by a rule that hit in the conversation it is opened from, and says so."""

import pytest
from django.urls import reverse

from lingzhi.accounts.models import User
from lingzhi.cases.factories import with_flows
from lingzhi.cases.models import Case, CaseType, RecognitionRule
from lingzhi.cases.services.opening import Opening, open_case
from lingzhi.cases.services.recognising import NotRecognised
from lingzhi.contacts.models import Contact
from lingzhi.inspections.factories import LENGTH, make_rule
from lingzhi.inspections.models import RuleVersion

pytestmark = pytest.mark.django_db
TITLE, CODE = "推诿用语", "ownership.shirking"


@pytest.fixture
def rule(cast, judged, as_) -> RecognitionRule:
    """Who met shirking goes to the second team; set on the page, chosen by the rule's title."""
    with_flows()
    make_rule(LENGTH, state="draft")
    client, url = as_(cast.quan), reverse("cases:new_recognition")
    offered = client.get(url).context["form"].fields["hits"].choices
    assert offered == [(CODE, TITLE)]  # what is in force, by its title
    sent = {
        "title": "遭遇推诿", "order": 10, "hits": [CODE], "unit": cast.second.pk,
        "type": CaseType.objects.get(code="business").pk,
    }  # fmt: skip
    assert client.post(url, {**sent, "hits": ["time.too_long"]}).status_code == 422
    assert client.post(url, sent).status_code == 302
    return RecognitionRule.objects.get()


def opened(by: User, contact: Contact | None) -> Case:
    return open_case(Opening(None, "要求退款", None, contact=contact), by=by)


def test_the_hit_decides_and_is_named_to_whoever_may_see_it(cast, judged, rule, as_):
    case = opened(cast.bo, judged.bo)
    assert (case.type.code, case.unit) == ("business", cast.second)
    assert (case.recognition.rule, case.recognition.hits) == (rule, [CODE])
    page = reverse("cases:case", args=[case.pk])
    assert TITLE in as_(cast.quan).get(page).text
    other = as_(cast.chen).get(page).text  # the conversation is not theirs to read
    assert ("遭遇推诿" in other, TITLE in other) == (True, False)
    assert TITLE in as_(cast.quan).get(reverse("cases:recognition")).text
    for contact in (judged.bea, None):
        with pytest.raises(NotRecognised):
            opened(cast.bo, contact)


def test_words_and_hits_narrow_together(cast, judged, rule):
    RecognitionRule.objects.update(words="保修")
    with pytest.raises(NotRecognised):
        opened(cast.bo, judged.bo)
    RecognitionRule.objects.update(words="退款", hits=["time.too_long", CODE])
    assert opened(cast.bo, judged.bo).recognition.hits == [CODE]


def test_a_rule_out_of_force_recognises_nothing_and_stays_chosen(cast, judged, rule, as_):
    RuleVersion.objects.filter(rule__code=CODE).update(state=RuleVersion.State.RETIRED)
    with pytest.raises(NotRecognised):
        opened(cast.bo, judged.bo)
    client = as_(cast.quan)
    (shown,) = client.get(reverse("cases:recognition")).context["rules"]
    assert [(one.title, one.is_in_force) for one in shown.hits] == [(TITLE, False)]
    form = client.get(reverse("cases:edit_recognition", args=[rule.pk])).context["form"]
    assert form.fields["hits"].choices == [(CODE, TITLE)]
