"""From which share on a clause counts as kept."""

from dataclasses import dataclass

from lingzhi.conformity.models import Threshold

USUAL_SHARE = 0.95  # an example until the house sets its own


@dataclass(frozen=True, slots=True)
class InForce:
    """The share, and the row that set it; None while nobody did."""

    share: float
    set_with: Threshold | None = None


def threshold_in_force() -> InForce:
    """The share of kept cases from which on a clause counts as kept."""
    newest = Threshold.objects.select_related("set_by").first()
    return InForce(newest.share, newest) if newest else InForce(USUAL_SHARE)
