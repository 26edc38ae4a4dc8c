"""What fills the slots of the phrases in one conversation: customer, product, order, times."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from random import Random
from typing import Any

from lingzhi.demo.cast import Agent
from lingzhi.demo.scenarios import Scenario
from lingzhi.demo.source import read

_PREFIXES = (
    "130",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "158",
    "159",
    "176",
    "186",
    "188",
)


def pick(rng: Random, options: Sequence[Any]) -> Any:
    """One of them; cheaper than `choice`, which matters a million times."""
    return options[int(rng.random() * len(options))]


def phone(rng: Random) -> str:
    """An invented mobile number: all have four zeros in the middle."""
    return f"{pick(rng, _PREFIXES)}0000{int(rng.random() * 10_000):04}"


def fill(
    rng: Random,
    scenario: Scenario,
    *,
    agent: Agent,
    at: datetime,
    earlier: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """All slots. Of a scenario about the launched product the product is that one.

    Who comes again has the slots of the `earlier` contact but for what the service side says:
    the same name and phone, the same purchase, the same matter. As much is drawn either way.
    """
    company = read("company")
    own = {
        **_customer(rng, company),
        **_purchase(rng, company, scenario, at),
        **_place(rng, company),
    }
    service = _service(rng, company, scenario, agent, at)
    slots = own | service
    slots["topic"] = scenario.topic.say(rng.random, slots)
    return {**slots, **earlier, **service} if earlier else slots


def _customer(rng: Random, company: dict[str, Any]) -> dict[str, str]:
    is_woman = rng.random() < 0.5
    words = read("words")
    surname = pick(rng, company["surnames"])
    given = pick(rng, company["given"]["women" if is_woman else "men"])
    sex = words["women" if is_woman else "men"]
    number = phone(rng)
    given_as = _aloud(number) if rng.random() < 0.3 else _grouped(rng, number)
    return {
        "sex": sex,
        "called": surname + sex,
        "full_name": surname + given,
        "phone": number,
        "phone_given": given_as,
        "phone_said": _aloud(number) if rng.random() < 0.5 else number,
        "phone_bad": _spoiled(rng, number),
        "phone_new": phone(rng),
        "tail": number[-4:],
        "surname2": pick(rng, company["surnames"]),
        "email": f"{pick(rng, words['mail_names'])}{int(rng.random() * 900) + 100}@example.cn",
    }


def _aloud(number: str) -> str:
    """Digit by digit, as people say it."""
    return "".join(read("words")["spoken_digits"][int(digit)] for digit in number)


def _grouped(rng: Random, number: str) -> str:
    if rng.random() < 0.7:
        return number
    return f"{number[:3]} {number[3:7]} {number[7:]}"


def _spoiled(rng: Random, number: str) -> str:
    """A number nobody can have: one digit too few or too many, or a wrong head."""
    return pick(rng, (number[:-1], number + number[-1], "12" + number[2:]))


def _purchase(
    rng: Random, company: dict[str, Any], scenario: Scenario, at: datetime
) -> dict[str, str]:
    launch = company["launch"]
    if scenario.is_launch:
        product, faults = launch, company["launch_faults"]
    else:
        product = pick(rng, [one for one in company["products"] if one["kind"] in scenario.kinds])
        faults = company["faults"][product["kind"]]
    low, high = product["price"]
    order = f"{at:%y%m%d}{int(rng.random() * 10**10):010}"
    words = read("words")
    return {
        "product": product["name"],
        "short": launch["short"],
        "model": product["model"],
        "model2": pick(rng, company["products"])["model"],
        "fault": pick(rng, faults),
        "price": str(low + int(rng.random() * (high - low) / 10) * 10),
        "order": order,
        "order_tail": order[-4:],
        "tracking": f"XD{int(rng.random() * 10**12):012}",
        "ticket": f"GD{at:%m%d}{int(rng.random() * 10**5):05}",
        "bought": pick(rng, company["bought"]),
        "part": pick(rng, words["parts"]),
        "gift": pick(rng, words["gifts"]),
    }


def _place(rng: Random, company: dict[str, Any]) -> dict[str, str]:
    city, district, street, estate = pick(rng, company["places"]).split("|")
    words = read("words")
    door = words["door"].format(
        building=int(rng.random() * 28) + 1,
        unit=int(rng.random() * 3) + 1,
        room=f"{int(rng.random() * 24) + 1}0{int(rng.random() * 4) + 1}",
    )
    number = words["number"].format(int(rng.random() * 398) + 1)
    return {
        "city": city,
        "district": district,
        "street": street,
        "estate": estate,
        "door": door,
        "address": f"{city}{district}{street}{number}{estate}{door}",
        "room": pick(rng, company["places_in_home"]),
        "courier": pick(rng, company["couriers"]),
    }


def _service(
    rng: Random, company: dict[str, Any], scenario: Scenario, agent: Agent, at: datetime
) -> dict[str, str]:
    words = read("words")
    part_of_day = words["daypart"][0 if at.hour < 12 else 1 if at.hour < 18 else 2]
    return {
        "company": company["company"],
        "staff": agent.staff_no,
        "staff2": pick(rng, words["second_line"]),
        "agent": agent.name[-2:],
        "dept": scenario.dept,
        "other_party": scenario.other_party,
        "limit": pick(rng, company["limits"]),
        "vague": pick(rng, company["vague"]),
        "slot": pick(rng, company["slots"]),
        "daypart": part_of_day,
        "daywish": pick(rng, words["weekend_wishes" if at.weekday() > 3 else "wishes"]),
        "small": pick(rng, words["small_numbers"]),
        "wechat": f"{pick(rng, words['mail_names'])}{int(rng.random() * 9000) + 1000}",
    }
