"""The colour of a centre, with what can be read on it and beside it."""

READABLE = 4.5  # WCAG AA


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [value / 255 for value in _channels(colour)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def towards(colour: str, other: str, paper: str) -> str:
    """The colour, mixed with `other` only as far as it takes to be read on `paper`."""
    for step in range(11):
        mixed = "#" + "".join(
            f"{round(a + (b - a) * step / 10):02x}"
            for a, b in zip(_channels(colour), _channels(other), strict=True)
        )
        if contrast(mixed, paper) >= READABLE:
            return mixed
    return other


def theme_of(colour: str) -> str:
    """The style sheet: the fill, what stands on it, and the ink on light and dark paper."""
    on = "#ffffff" if contrast(colour, "#ffffff") >= READABLE else "#10151c"
    light, dark = towards(colour, "#000000", "#f6f7f9"), towards(colour, "#ffffff", "#171f2a")
    return f":root{{--p-fill:{colour};--p-on:{on};--p-ink:light-dark({light},{dark});}}"
