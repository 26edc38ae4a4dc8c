"""The pages of message lines: set up with secrets shown once or never, what was not sent."""

import pytest
from django.urls import reverse

from lingzhi.audit.models import Entry
from lingzhi.contacts.factories import SECRETS, make_chat_site, make_line
from lingzhi.contacts.models import MessageLine, SentMessage
from lingzhi.contacts.services.chat_sites import HasLines, retire_site
from lingzhi.contacts.services.message_queue import queue_text

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def test_a_line_is_set_up_tried_changed_and_ended(cast, as_, settings):
    client = as_(cast.sol)
    lines = reverse("chat:lines")
    assert "New chat site" in client.get(lines, headers=ENGLISH).content.decode()
    site = make_chat_site(cast.first)
    go_on = client.get(reverse("chat:choose_line"), {"kind": "wechat_official"})
    new = reverse("chat:new_line", args=["wechat_official"])
    assert go_on.url == new
    given = {"name": "公众号", "site": site.pk, "account": "wx01", **SECRETS}
    wrong = client.post(new, given | {"aes_key": "short"}, headers=ENGLISH)
    assert (wrong.status_code, b"43 letters" in wrong.content) == (422, True)
    made = client.post(new, given)
    line = MessageLine.objects.get()
    assert made.url == reverse("chat:line", args=[line.pk])
    page = client.get(made.url, headers=ENGLISH).content.decode()
    assert f"/chat/in/{line.key}/" in page
    assert not any(one in page for one in SECRETS.values())
    client.post(made.url, {"name": "服务号", "site": site.pk, "account": "wx01"})
    line.refresh_from_db()
    assert (line.name, line.secrets) == ("服务号", SECRETS)
    assert SECRETS["app_secret"] not in line.sealed_secrets
    settings.EGRESS_ALLOW = []
    client.post(reverse("chat:try_line", args=[line.pk]))
    tried = client.get(made.url).content.decode()
    assert "https://api.weixin.qq.com" in tried
    with pytest.raises(HasLines):
        retire_site(site, by=cast.sol)
    client.post(reverse("chat:retire_line", args=[line.pk]))
    assert "Not in use" in client.get(lines, headers=ENGLISH).content.decode()
    for act, times in (("line_set", 2), ("line_tried", 1), ("line_retired", 1)):
        assert Entry.objects.filter(action=f"contacts.{act}").count() == times
    assert not any(
        one in str(entry.after) for entry in Entry.objects.all() for one in SECRETS.values()
    )
    assert as_(cast.ada).get(lines).status_code == 403


def test_our_secret_for_a_gateway_is_shown_once(cast, as_):
    client, site = as_(cast.sol), make_chat_site(cast.first)
    given = {"name": "短信", "site": site.pk, "detail": "https://sms.example/send"}
    shown = client.post(reverse("chat:new_line", args=["sms"]), given).content.decode()
    line = MessageLine.objects.get()
    assert line.secrets["app_secret"] in shown
    page = client.get(reverse("chat:line", args=[line.pk])).content.decode()
    assert line.secrets["app_secret"] not in page


def test_what_was_not_sent_is_sent_again_or_given_up(cast, as_):
    client, line = as_(cast.sol), make_line(make_chat_site(cast.first), "submail")
    rows = [queue_text(line, f"1380000207{n}", "您好", matter="") for n in range(2)]
    SentMessage.objects.update(state="failed", problem="251 no credit")
    address = reverse("chat:line", args=[line.pk])
    page = client.get(address, headers=ENGLISH).content.decode()
    assert page.count("251 no credit") == 2
    assert "13800002070" not in page
    client.post(reverse("chat:message_again", args=[rows[0].pk]))
    client.post(reverse("chat:message_give_up", args=[rows[1].pk]))
    states = SentMessage.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["waiting", "given_up"]
    assert client.post(reverse("chat:message_again", args=[rows[1].pk])).status_code == 409
