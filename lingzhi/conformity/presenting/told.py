"""Notice and consent by channel and day, under their names, the newest day first."""

from dataclasses import dataclass
from datetime import date

from lingzhi.conformity.queries.told import Evidence, Told, voice_channels


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One channel, over all days or on one."""

    name: str
    told: Told
    asks_consent: bool
    day: date | None = None


def shown_channels(evidence: Evidence, names: dict[str, str], wanted: str) -> list[ToldLine]:
    """One line a channel that had contacts."""
    found, voice = evidence.by_channel, voice_channels()
    codes = [code for code in names if code in found and _is(code, wanted)]
    return [_line(code, found[code], names, voice) for code in codes]


def shown_days(evidence: Evidence, names: dict[str, str], wanted: str) -> list[ToldLine]:
    """One line a day and channel."""
    places = sorted(evidence.by_day, key=lambda place: (-place[1].toordinal(), place[0]))
    voice = voice_channels()
    return [
        _line(code, evidence.by_day[code, day], names, voice, day)
        for code, day in places
        if _is(code, wanted)
    ]


def _is(code: str, wanted: str) -> bool:
    return not wanted or code == wanted


def _line(
    code: str, told: Told, names: dict[str, str], voice: set[str], day: date | None = None
) -> ToldLine:
    return ToldLine(names.get(code, code), told, code in voice, day)
