"""Notices leave the house by the ways a person chose, when it suits, once, or visibly not."""

from datetime import UTC, datetime, time, timedelta
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.urls import reverse

from lingzhi.notifications.models import Delivery, Notice, Wishes
from lingzhi.notifications.services import end_notice, tell
from lingzhi.notifications.services.channels import end_channel, set_quiet_hours
from lingzhi.notifications.services.delivering import MOST_TRIES, send_notices
from lingzhi.notifications.services.ways import choose_ways

AFTERNOON = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)  # 15:30 in Shanghai
NIGHT = datetime(2026, 3, 4, 14, 0, tzinfo=UTC)  # 22:00


def chose(person, *, channels=(), **values):
    chosen = {"by_mail": False, "rhythm": "at_once", "daily_at": 9, "quiet": "house"} | values
    return choose_ways({**chosen, "channels": list(channels)}, by=person)


@pytest.fixture
def mailed(cast, settings):
    """Ada has an address, and there is a mail server."""
    settings.EMAIL_HOST, settings.SITE_URL = "mail.example", "https://quality.example"
    cast.ada.email, cast.ada.language = "ada@centre.example", "en"
    cast.ada.save()
    chose(cast.ada, by_mail=True)
    return cast.ada


def states(**narrowed):
    return list(Delivery.objects.filter(**narrowed).order_by("pk").values_list("state", flat=True))


def test_a_group_sees_names_title_and_link_once_and_nothing_else(cast, robot, group):
    for person in (cast.ada, cast.bo):
        chose(person, channels=[group])
    title, body = "请回电 13800002071", "王小明 的投诉"
    tell([cast.ada, cast.bo, cast.bea], title, body=body, url="/cases/7/", is_todo=True)
    tell([cast.ada], "Elsewhere", url="https://evil.example/")
    assert send_notices() == 3
    (text,) = robot.texts
    assert text.startswith("Ada、Bo: 请回电 138")
    assert "https://quality.example/cases/7/\n\nAda: Elsewhere" in text
    assert not any(one in text for one in ("13800002071", body, "evil", "Bea"))
    assert send_notices() == 0
    assert states() == ["sent"] * 3


def test_what_is_rolled_back_does_not_leave(cast, group):
    chose(cast.ada, channels=[group])
    with transaction.atomic():
        tell([cast.ada], "Look")
        transaction.set_rollback(True)
    assert states() == []


def test_a_try_that_died_with_its_process_is_made_again(cast, robot, group, monkeypatch):
    chose(cast.ada, channels=[group])
    with time_machine.travel(AFTERNOON, tick=False) as clock:
        tell([cast.ada], "Look")
        with monkeypatch.context() as patch:
            patch.setattr("lingzhi.notifications.services.delivering.post_to", _dies)
            with pytest.raises(SystemExit):
                send_notices()
        assert send_notices() == 0  # another worker keeps off it
        clock.shift(61)
        assert send_notices() == 1
    assert len(robot.got) == 1


def _dies(*_given, **_named):
    raise SystemExit


def test_it_is_tried_again_then_given_up_and_seen(as_, cast, robot, group):
    chose(cast.ada, channels=[group])
    tell([cast.ada], "Look")
    robot.answer = {"errcode": 93000, "errmsg": "invalid webhook url"}
    assert send_notices() == 0
    row = Delivery.objects.get()
    assert (row.state, row.tries, row.answer) == (
        "waiting", 1, "errcode 93000: invalid webhook url",
    )  # fmt: skip
    Delivery.objects.update(tries=MOST_TRIES - 1, next_at=row.next_at - timedelta(hours=1))
    send_notices()
    assert states() == ["given_up"]
    assert Notice.objects.get(person=cast.sol, is_todo=True).url == f"/notices/channels/{group.pk}/"
    assert "invalid webhook url" in as_(cast.ada).get("/notices/ways/").content.decode()
    seen = as_(cast.sol).get(f"/notices/channels/{group.pk}/?state=given_up").content.decode()
    assert "invalid webhook url" in seen
    assert "Look" not in seen


def test_quiet_hours_hold_back_all_but_what_is_urgent(cast, robot, group):
    set_quiet_hours(time(21), time(8), by=cast.sol)
    chose(cast.ada, channels=[group])
    chose(cast.bo, channels=[group], quiet="none")
    chose(cast.bea, channels=[group], quiet="own", quiet_from=time(12), quiet_until=time(13))
    with time_machine.travel(NIGHT, tick=False) as clock:
        tell([cast.ada, cast.bo, cast.bea], "Look")
        tell([cast.ada], "Now", is_urgent=True)
        assert send_notices() == 3
        assert robot.texts == ["Ada: Now\n\nBo、Bea: Look"]
        clock.shift(timedelta(hours=9, minutes=59))
        assert send_notices() == 0
        clock.shift(timedelta(minutes=1))
        assert send_notices() == 1
    assert robot.texts[1:] == ["Ada: Look"]


def test_a_day_is_gathered_in_one_mail_without_what_was_done(mailed):
    chose(mailed, by_mail=True, rhythm="daily", daily_at=17)
    with time_machine.travel(AFTERNOON, tick=False) as clock:
        for title in ("Done meanwhile", "First", "Second"):
            tell([mailed], title, url="/contacts/")
        end_notice(Notice.objects.get(title="Done meanwhile"))
        assert send_notices() == 0
        clock.shift(timedelta(hours=1, minutes=30))
        assert send_notices() == 2
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["ada@centre.example"], "2 notices for you")
    assert letter.body.startswith("First\nhttps://quality.example/contacts/\n\nSecond\n")
    assert states() == ["dropped", "sent", "sent"]


def test_an_hour_is_gathered(mailed):
    chose(mailed, by_mail=True, rhythm="hourly")
    with time_machine.travel(AFTERNOON, tick=False):
        tell([mailed], "Look")
        tell([mailed], "Now", is_urgent=True)
        assert [one.next_at - AFTERNOON for one in Delivery.objects.order_by("pk")] == [
            timedelta(minutes=30), timedelta(),
        ]  # fmt: skip


def test_an_address_that_is_refused_is_said_inside(mailed, monkeypatch):
    def refused(*_given, **_named):
        raise SMTPRecipientsRefused({"ada@centre.example": (550, b"no such user")})

    monkeypatch.setattr("lingzhi.notifications.services.delivering.send_mail", refused)
    tell([mailed], "Look")
    send_notices()
    assert states() == ["given_up"]
    assert Notice.objects.get(matter=f"notifications.mail/{mailed.pk}").person == mailed


def test_what_is_no_longer_chosen_does_not_leave(cast, robot, group):
    for person in (cast.ada, cast.bo):
        chose(person, channels=[group])
    tell([cast.ada, cast.bo], "Look")
    chose(cast.ada)
    assert send_notices() == 1
    assert robot.texts == ["Bo: Look"]
    tell([cast.bo], "Again")
    end_channel(group, by=cast.sol)
    assert states() == ["dropped", "sent", "dropped"]
    assert Notice.objects.filter(person=cast.bo, body=group.name).count() == 1
    assert not Wishes.objects.filter(channels=group).exists()


def test_many_lines_go_in_messages_that_a_robot_takes(cast, robot, group):
    chose(cast.ada, channels=[group])
    for number in range(12):
        tell([cast.ada], f"{number}{'满' * 190}", url="/contacts/")
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=1)):
        assert sum(send_notices() for _ in range(5)) == 12
    assert max(len(text.encode()) for text in robot.texts) <= 2048


def test_the_way_is_named_in_the_letter(mailed):
    tell([mailed], "Look")
    send_notices()
    assert reverse("notifications:ways") in mail.outbox[0].body
