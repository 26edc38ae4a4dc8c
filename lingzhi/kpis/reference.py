"""The dictionary as the page `docs/reference/indicators.md`."""

from django.utils.translation import override

from lingzhi.kpis.dictionary import BY_HAND, GROUPS, Entry, indicators

HEAD = """# Indicators

Every indicator of the dictionary (K01–K40, Q01–Q12 of inspection, T01–T07 of the telephone, V01–V04
of surveys) and the ways of counting them (口径). The first way is proposed; an adopter chooses
another, or other parameters, from a day on and with a reason. Shares are kept as numerator and
denominator; what is not known stands in neither. This page is generated from
`lingzhi/kpis/catalogue/indicators.yaml`.
"""


def page() -> str:
    """The whole page, in English with the Chinese names."""
    with override("en"):
        parts = [HEAD, *(_group(code, str(words)) for code, words in GROUPS.items())]
    return "\n".join(parts)


def _group(code: str, words: str) -> str:
    lines = [
        f"## {words}",
        "",
        "| code | indicator | formula | better | ways of counting |",
        "|---|---|---|---|---|",
        *(_line(entry) for entry in indicators().values() if entry.group == code),
        "",
    ]
    return "\n".join(lines)


def _line(entry: Entry) -> str:
    name = f"{entry.texts['name']['zh-Hans']} {entry.texts['name']['en']}"
    return (
        f"| {entry.code} | {name} | {entry.formula} | {entry.direction or '–'} | {_ways(entry)} |"
    )


def _ways(entry: Entry) -> str:
    """The variants with measure, unit and proposed parameters."""
    if not entry.is_countable:
        waits = f"waits for {entry.waits_for_words}; " if entry.waits_for else ""
        if entry.main.code == BY_HAND:
            return f"{waits}by hand ({entry.main.shape} in {entry.main.unit})"
        each = (f"`{one.code}` {one.words} ({one.shape} in {one.unit})" for one in entry.by_hand)
        said = "<br>".join(each)
        return f"{waits}by hand: {said}"
    found = []
    for one in entry.variants.values():
        if not one.is_by_hand:
            params = ", ".join(f"{name} = {_said(value)}" for name, value in one.params.items())
            found.append(f"`{one.code}` {one.words} ({one.unit}{'; ' + params if params else ''})")
    return "<br>".join(found)


def _said(value: object) -> str:
    return " / ".join(map(str, value)) if isinstance(value, list) else str(value)
