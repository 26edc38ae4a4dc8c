"""Whether the demo centre's channels were clear: seats, limits, some weeks of looks and jams."""

from datetime import timedelta

from lingzhi.contacts.models import Channel, ChannelSeats, Congestion, FlowDay, FlowLimits
from lingzhi.contacts.services.flow import plan_seats, set_flow_limits
from lingzhi.core.clock import midnight, now, today

# code: seats by days and hours, limits (waiting, seconds, percent)
PLANS = {
    "phone": (
        (("weekdays", 8, 22, 6), ("weekdays", 9, 12, 2), ("weekend", 8, 22, 4)), (5, 120, 85.0),
    ),
    "chat": ((("every", 0, 24, 2), ("every", 10, 22, 2)), (8, 180, 80.0)),
}  # fmt: skip
Jam = tuple[int, int, int, list[str], int, int, float]
# days ago, hour, minutes, causes, most waiting, longest wait, lowest connect rate
JAMS: dict[str, list[Jam]] = {
    "phone": [
        (2, 10, 18, ["waiting", "longest"], 11, 260, 0.78),
        (9, 20, 41, ["connect", "waiting"], 14, 395, 0.61),
        (16, 10, 12, ["longest"], 4, 171, 0.88),
    ],
    "chat": [(5, 21, 25, ["waiting"], 13, 160, 0.82)],
}
DAYS = 21
LOOKS = {"phone": 14 * 60, "chat": 24 * 60}


def seed_flow() -> None:
    """Two channels with a plan and limits, looked at for three weeks; the others have none."""
    if FlowLimits.objects.exists():
        return
    for code, (seats, (waiting, seconds, percent)) in PLANS.items():
        channel = Channel.objects.get(code=code)
        for days, first, last, number in seats:
            row = ChannelSeats(channel=channel, days=days, from_hour=first, to_hour=last)
            row.seats = number
            plan_seats(row, by=None)
        limits = FlowLimits(channel=channel, waiting=waiting, longest_seconds=seconds)
        limits.connect_percent = percent
        set_flow_limits(limits, by=None)
        _past(channel)


def _past(channel: Channel) -> None:
    jams = JAMS[channel.code]
    minutes = {back: lasted for back, _hour, lasted, *_rest in jams}
    for back in range(1, DAYS + 1):
        FlowDay.objects.create(
            channel=channel, day=today() - timedelta(days=back), looks=LOOKS[channel.code],
            congested=minutes.get(back, 0), looked_at=now(),
        )  # fmt: skip
    for back, hour, lasted, causes, most, longest, lowest in jams:
        begin = midnight(today() - timedelta(days=back)) + timedelta(hours=hour, minutes=7)
        end = begin + timedelta(minutes=lasted)
        Congestion.objects.create(
            channel=channel, causes=causes, began_at=begin, seen_at=end, ended_at=end,
            peak_waiting=most, peak_seconds=longest, lowest_connect=lowest,
        )  # fmt: skip
