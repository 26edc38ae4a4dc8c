"""A measure that changes something for good begins its next version there, and leads to it."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.changes import changeables
from lingzhi.improvement.factories import make_rectification
from lingzhi.improvement.models import Countermeasure
from lingzhi.inspections.factories import make_rule
from lingzhi.inspections.models import RuleVersion
from lingzhi.knowledge.factories import make_article
from lingzhi.rulebook.factories import make_version, part_of_pack
from lingzhi.rulebook.queries import open_draft

pytestmark = pytest.mark.django_db


def measure(cast, changes: str) -> Countermeasure:
    row = make_rectification(cast.first, cast.ada, by=cast.quan)
    return Countermeasure.objects.create(
        rectification=row, kind="correction", words="补上违禁用语", owner=cast.quan,
        due_on=row.due_on, changes=changes,
    )  # fmt: skip


def test_a_rule_gets_a_draft_that_says_why(cast, as_):
    rule = make_rule().rule
    todo = measure(cast, "rule")
    client, url = as_(cast.quan), reverse("improvement:begin_change", args=[todo.pk])
    row = todo.rectification
    page = reverse("improvement:rectification", args=[row.pk])
    assert url in client.get(page).text
    assert client.post(url, {"key": 0}).status_code == 422
    assert client.post(url, {"key": rule.pk}).url == page
    draft = rule.versions.get(state=RuleVersion.State.DRAFT)
    assert draft.note == f"{row.number} 补上违禁用语"
    assert reverse("inspections:rule", args=[rule.pk]) in client.get(page).text
    assert Entry.objects.filter(action="improvement.change_begun").count() == 1
    done = client.get(reverse("improvement:measure_done", args=[todo.pk]))
    assert done.context["form"].initial["link"] == reverse("inspections:rule", args=[rule.pk])
    client.post(url, {"key": rule.pk})
    assert rule.versions.filter(state=RuleVersion.State.DRAFT).count() == 1


def test_only_who_may_write_it_begins_it(cast, as_):
    url = reverse("improvement:begin_change", args=[measure(cast, "rule").pk])
    assert as_(cast.ada).get(url).status_code == 403
    nothing = reverse("improvement:begin_change", args=[measure(cast, "training").pk])
    assert as_(cast.quan).get(nothing).status_code == 404


def test_an_answer_is_written_on_its_page(cast):
    article = make_article(by=cast.quan)
    offered = changeables()["article"]
    assert article.pk in offered.choices(cast.quan)
    url = offered.begin(cast.quan, article.pk, "?")
    assert url == reverse("knowledge:article", args=[article.pk])


def test_a_regulation_is_revised_once(cast, settings, tmp_path):
    settings.PACKS = part_of_pack(tmp_path, "s18", "1", "2.1")
    regulation = make_version("s18", cast.hotline, by=cast.quan).regulation
    offered = changeables()["clause"]
    assert regulation.pk in offered.choices(cast.quan)
    first = offered.begin(cast.quan, regulation.pk, "CA-2026-0001 改时限")
    draft = open_draft(regulation)
    assert draft is not None
    assert draft.reason == "CA-2026-0001 改时限"
    assert first == reverse("rulebook:version", args=[draft.pk])
    assert offered.begin(cast.quan, regulation.pk, "?") == first
