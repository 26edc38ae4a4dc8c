"""Pages: how I am told, and the channels and quiet hours of the company."""

from lingzhi.audit.models import Entry
from lingzhi.notifications.models import Channel, QuietHours, Wishes

WAYS, CHANNELS = "/notices/ways/", "/notices/channels/"
CHOSEN = {"rhythm": "daily", "daily_at": "17", "quiet": "own",
          "quiet_from": "20:00", "quiet_until": "07:30"}  # fmt: skip


def acts(action: str) -> int:
    return Entry.objects.filter(action=f"notifications.{action}").count()


def test_a_person_chooses(as_, cast, group):
    client = as_(cast.bo)
    assert "一组群" in client.get(WAYS).content.decode()
    assert client.post(WAYS, CHOSEN | {"channels": [group.pk]}).status_code == 302
    wishes = Wishes.objects.get(person=cast.bo)
    assert (wishes.rhythm, wishes.daily_at, list(wishes.channels.all())) == ("daily", 17, [group])
    assert f"{wishes.quiet_from}–{wishes.quiet_until}" == "20:00:00–07:30:00"
    assert client.post(WAYS, CHOSEN | {"quiet_until": ""}).status_code == 422
    assert client.post(WAYS, CHOSEN | {"quiet_until": "20:00"}).status_code == 422
    assert acts("ways_chosen") == 1


def test_mail_wants_an_address_first(as_, cast, settings):
    settings.EMAIL_HOST = "mail.example"
    assert as_(cast.bo).post(WAYS, CHOSEN | {"by_mail": "on"}).status_code == 422
    cast.bo.email = "bo@centre.example"
    cast.bo.save()
    assert as_(cast.bo).post(WAYS, CHOSEN | {"by_mail": "on"}).status_code == 302
    assert Wishes.objects.get(person=cast.bo).by_mail


def test_a_channel_is_opened_tried_and_closed(as_, cast, robot):
    client = as_(cast.sol)
    form = {"name": "质检群", "kind": "dingtalk", "secret": "SECx",
            "url": f"{robot.origin}/robot/send?access_token=deep-secret"}  # fmt: skip
    elsewhere = form | {"url": "https://elsewhere.example/"}
    assert client.post(CHANNELS, elsewhere).status_code == 422
    assert client.post(CHANNELS, form | {"kind": "webhook"}).status_code == 422
    assert client.post(CHANNELS, form).status_code == 302
    channel = Channel.objects.get()
    kept = f"{channel.__dict__}{Entry.objects.latest('id').after}"
    assert "deep-secret" not in kept
    page = f"{CHANNELS}{channel.pk}/"
    assert "deep-secret" not in client.get(page).content.decode()
    assert client.post(f"{page}try/").status_code == 302
    assert "access_token=deep-secret" in robot.got[0][0]
    robot.answer = {"errcode": 310000, "errmsg": "sign not match"}
    answer = client.post(f"{page}try/", follow=True).content.decode()
    assert "sign not match" in answer
    assert client.post(f"{page}end/").status_code == 302
    assert [client.post(f"{page}{act}/").status_code for act in ("try", "end")] == [409, 409]
    assert (acts("channel_opened"), acts("channel_tried"), acts("channel_ended")) == (1, 2, 1)


def test_the_company_sets_quiet_hours(as_, cast):
    client, url = as_(cast.sol), f"{CHANNELS}quiet/"
    assert client.post(url, {"begins_at": "21:00", "ends_at": ""}).status_code == 422
    assert client.post(url, {"begins_at": "21:00", "ends_at": "08:00"}).status_code == 302
    assert "21:00–08:00" in client.get(CHANNELS).content.decode()
    assert client.post(url, {"begins_at": "", "ends_at": ""}).status_code == 302
    assert not QuietHours.objects.exists()
    assert acts("quiet_hours_set") == 2
