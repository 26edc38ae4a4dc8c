"""What customers and staff are told about their data: versions, and who has read them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.core.clock import today
from lingzhi.core.errors import BadInput
from lingzhi.notifications.models import Notice
from lingzhi.org.models import PrivacyNotice
from lingzhi.org.queries.privacy import notice_on, notices_by_day
from lingzhi.org.services.privacy import NotToRead, confirm_notice, publish_notice
from lingzhi.org.tasks import ask_to_read

DAY = timedelta(days=1)
FIRST = {"line": {"zh-Hans": "通话会录音", "en": "Calls are recorded"}, "text": {"zh-Hans": "全文"}}


def publish(cast, channel="phone", **given) -> PrivacyNotice:
    return publish_notice(channel, **{**FIRST, "from_on": today(), "by": cast.quan, **given})


def test_every_day_has_one_version_that_never_changes(cast):
    old = publish(cast, from_on=today() - 30 * DAY)
    with pytest.raises(BadInput):  # contacts of today carry the first one already
        publish(cast)
    new = publish(cast, from_on=today() + DAY, change="写明保存期限")
    assert (old.number, new.number, notice_on("phone")) == (1, 2, old)
    version_on = notices_by_day("phone")
    asked = (today() - 31 * DAY, today(), today() + DAY)
    assert [version_on(day) for day in asked] == [None, old.pk, new.pk]
    assert Entry.objects.filter(action="org.privacy_published").count() == 2


def test_staff_confirm_and_whoever_comes_later_is_asked_too(cast, as_):
    notice = publish(cast, "staff")
    todo = Notice.objects.filter(matter=f"org.privacynotice/{notice.pk}", ended_at=None)
    assert todo.filter(person=cast.bo).exists()
    page = as_(cast.bo).get(reverse("org:privacy_notice", args=[notice.pk])).text
    assert reverse("org:privacy_confirm", args=[notice.pk]) in page
    as_(cast.bo).post(reverse("org:privacy_confirm", args=[notice.pk]))
    confirm_notice(notice, by=cast.bo)
    assert notice.readings.count() == Entry.objects.filter(action="org.privacy_confirmed").count()
    assert not todo.filter(person=cast.bo).exists()
    ask_to_read()
    assert not todo.filter(person=cast.bo).exists()
    seen = as_(cast.quan).get(reverse("org:privacy_notice", args=[notice.pk]))
    missing = {one.name for one in seen.context["page"]}
    assert "Bo" not in missing
    assert "Bea" in missing
    with pytest.raises(NotToRead):
        confirm_notice(publish(cast, "phone"), by=cast.bo)


def test_the_next_version_is_written_over_the_one_before(cast, as_):
    publish(cast, from_on=today() - DAY)
    url = reverse("org:privacy_publish")
    assert "Calls are recorded" in as_(cast.quan).get(url, {"channel": "phone"}).text
    sent = {"channel": "phone", "line_zh_hans": "录音提示", "text_zh_hans": "新全文"}
    assert as_(cast.quan).post(url, {**sent, "from_on": today()}).status_code == 422
    assert as_(cast.quan).post(url, {**sent, "from_on": today() + DAY}).status_code == 302
    assert PrivacyNotice.objects.get(number=2).line == {"zh-Hans": "录音提示"}
    assert as_(cast.bo).get(url).status_code == 403
    assert "录音提示" not in as_(cast.quan).get(reverse("org:privacy")).text  # from tomorrow on
