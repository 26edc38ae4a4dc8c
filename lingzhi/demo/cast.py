"""The people of the demo centre: who they are, when they work, how strong they are."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import exp
from typing import Any

from lingzhi.demo.source import read

DEFAULT_END = date(2026, 9, 30)

# How often a plain agent lapses where the occasion arises. The names are those of `dialogue`.
LAPSES: dict[str, float] = {
    "no_greeting": 0.015,
    "no_company": 0.025,
    "no_identity": 0.03,
    "no_offer": 0.03,
    "slow_answer": 0.03,
    "no_more_help": 0.07,
    "no_farewell": 0.03,
    "no_survey": 0.1,
    "hang_up": 0.012,
    "casual": 0.012,
    "forbidden": 0.004,
    "impatient": 0.012,
    "rhetorical": 0.006,
    "shirking": 0.012,
    "dont_know": 0.012,
    "fillers": 0.02,
    "hello": 0.012,
    "no_apology": 0.1,
    "no_empathy": 0.15,
    "no_thanks": 0.12,
    "hold_blunt": 0.03,
    "limit_none": 0.06,
    "limit_vague": 0.08,
    "call_again": 0.012,
    "no_number": 0.12,
    "reads_out": 0.05,
    "supervisor_no": 0.15,
    "transfer_cold": 0.2,
    "long_silence": 0.02,
    "slow_chat": 0.04,
    "too_long": 0.008,
    "too_fast": 0.015,
    "too_slow": 0.008,
    "no_verify": 0.05,
    "repeat_question": 0.025,
    "partial_refund": 0.12,
    "guarantee": 0.012,
    "compensation": 0.01,
    "asks_secret": 0.004,
    "private_contact": 0.004,
    "sale_push": 0.25,
}
MOST = 0.85
_SKILLS = {"online": ["chat", "app", "email"], "complaints": ["phone", "email", "complaint"]}


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who talks to customers; `pace` is spoken characters a minute."""

    number: int
    staff_no: str
    name: str
    team: str
    is_leader: bool
    tenure_days: int
    habit: dict[str, float]
    pace: int

    def chance(self, lapse: str, *, days_before_end: int, strain: float) -> float:
        """How likely the agent lapses; newcomers learn, strain (1 = a normal day) wears."""
        tenure = max(1, self.tenure_days - days_before_end)
        factor = self.habit["all"] * self.habit.get(lapse, 1.0) * (1 + 1.5 * exp(-tenure / 30))
        return min(MOST, LAPSES[lapse] * factor * strain)

    def is_on_duty(self, day: date, hour: int, *, days_before_end: int) -> bool:
        """Five days a week; two of three rest at the weekend; early and late shift by week."""
        if days_before_end > self.tenure_days:
            return False
        week = day.toordinal() // 7 + self.number
        rests = {5, 6} if self.number % 3 else {week % 5, (week + 1) % 5}
        late = (week + self.number // 2) % 2
        return day.weekday() not in rests and (13 <= hour < 22 if late else 8 <= hour < 17)


def teams() -> list[str]:
    """The names of the five teams."""
    return [team["name"] for team in read("people")["teams"]]


def people(end_on: date = DEFAULT_END) -> list[dict[str, Any]]:
    """All 60: staff_no (工号), name, team (its name, "" for staff of the centre), post, joined_on,
    skills, role (a code of `lingzhi.accounts.roles`).
    """
    names = _team_names()
    return [
        {
            "staff_no": staff_no,
            "name": name,
            "team": names.get(team, ""),
            "post": post,
            "joined_on": end_on - timedelta(days=days),
            "skills": _skills(team),
            "role": role,
        }
        for staff_no, name, team, post, role, days, _habit in read("people")["people"]
    ]


def units_beside() -> list[dict[str, str]]:
    """Units of the company beside the service centre: code, name, kind."""
    return list(read("people")["units_beside"])


def people_beside(end_on: date = DEFAULT_END) -> list[dict[str, Any]]:
    """Who is none of the 60 but works with them: as in `people`, with `unit` in place of `team`:
    the code of one of `units_beside`, "" for the centre.
    """
    return [
        {
            "staff_no": staff_no,
            "name": name,
            "unit": unit,
            "post": post,
            "joined_on": end_on - timedelta(days=days),
            "role": role,
        }
        for staff_no, name, unit, post, role, days in read("people")["people_beside"]
    ]


def _team_names() -> dict[str, str]:
    return {team["code"]: team["name"] for team in read("people")["teams"]}


def _skills(team: str) -> list[str]:
    return _SKILLS.get(team, ["phone", "chat"]) if team else []


@cache
def agents() -> tuple[Agent, ...]:
    """Those who take conversations: agents and leaders of teams."""
    habits, names = read("people")["habits"], _team_names()
    return tuple(
        Agent(
            number=number,
            staff_no=staff_no,
            name=name,
            team=names[team],
            is_leader=role == "team_leader",
            tenure_days=days,
            habit=habits[habit],
            pace=205 + int(staff_no) * 37 % 50,
        )
        for number, (staff_no, name, team, _post, role, days, habit) in enumerate(
            read("people")["people"]
        )
        if team
    )


@cache
def agents_for(queue: str) -> tuple[Agent, ...]:
    """The agents of the teams that serve a queue."""
    serving = {team["name"] for team in read("people")["teams"] if queue in team["queues"]}
    return tuple(agent for agent in agents() if agent.team in serving)
