"""The page of each source offers to put it right, and shows what is."""

import pytest
from django.urls import reverse

from lingzhi.cases.factories import make_case
from lingzhi.contacts.factories import make_contact
from lingzhi.core.clock import now, today
from lingzhi.core.origins import origins
from lingzhi.improvement.factories import make_rectification
from lingzhi.improvement.models import Rectification
from lingzhi.improvement.panels import CLAUSE
from lingzhi.rulebook.models import Clause, Regulation, Version
from lingzhi.surveys.models import Insight, WeakLink

pytestmark = pytest.mark.django_db


def sources(cast):
    """One row of each kind that lies with Ada's team, with its page."""
    weak = WeakLink.objects.create(
        unit=cast.first, dimension="attitude", satisfied=5, asked=40, target=85, due_on=today(),
        told_at=now(), told_by=cast.quan,
    )  # fmt: skip
    insight = Insight.objects.create(
        kind="pain", title="等得久", words="?", source="staff", evidence="/", unit=cast.first,
        owner=cast.ada, review_on=today(), created_at=now(), created_by=cast.quan,
    )  # fmt: skip
    return {
        "cases.case": make_case(by=cast.bo, unit=cast.first, handler=cast.bo).pk,
        "contacts.contact": make_contact(agent=cast.bo.staff_no).pk,
        "surveys.weak_link": weak.pk,
        "surveys.insight": insight.pk,
    }


def test_each_page_leads_to_it_and_back(cast, as_):
    client = as_(cast.quan)
    for kind, key in sources(cast).items():
        found = origins()[kind].find(cast.quan, [key])[key]
        begin = f"{reverse('improvement:start')}?source={kind}&key={key}"
        row = make_rectification(cast.first, cast.ada, by=cast.quan, kind=kind, key=key)
        shown = client.get(found.url).content.decode()
        assert begin.replace("&", "&amp;") in shown, kind
        assert row.title in shown, kind
        own = client.get(reverse("improvement:rectification", args=[row.pk])).content.decode()
        assert f'href="{found.url}"' in own, kind
        assert not origins()[kind].find(cast.nora, [key])
    assert Rectification.objects.count() == 4
    assert client.get(begin).context["form"].initial["unit"] == cast.first.pk
    hidden = f"{reverse('improvement:start')}?source=cases.case&key=999999"
    assert client.get(hidden).status_code == 404


def test_a_clause_is_the_same_in_every_version(cast):
    regulation = Regulation.objects.create(unit=cast.hotline, pack="s01", created_at=now())
    first, second = (
        Clause.objects.create(
            version=Version.objects.create(
                regulation=regulation, number=number, created_at=now(), created_by=cast.quan,
                approved_at=now(), effective_on=today(), body={"title": {"zh-Hans": "质量制度"}},
            ),
            position=1, number="3.1", title={"zh-Hans": "及时接听"}, force="must",
        )
        for number in (1, 2)
    )  # fmt: skip
    found = origins()["rulebook.clause"].find(cast.quan, [first.pk])[first.pk]
    assert found.title == "质量制度 3.1 及时接听"
    key = {"kind": "rulebook.clause", "key": first.pk}
    row = make_rectification(cast.first, cast.ada, by=cast.quan, **key)
    shown = CLAUSE.render(cast.quan, second)
    assert shown is not None
    assert [one.rectification for one in shown.context["rows"]] == [row]
