"""Chance that nobody can foresee and everybody with the installation's key can repeat."""

from django.utils.crypto import salted_hmac


def keyed_chance(*what: object) -> float:
    """A number in [0, 1) that follows from `what` and the installation's secret."""
    digest = salted_hmac("inspections.chance", "/".join(map(str, what)), algorithm="sha256")
    return float((int.from_bytes(digest.digest()[:8], "big") >> 11) / 2.0**53)
