"""``audio.quality``: can the recording be heard? (录音质量、单通)"""

from __future__ import annotations

from ..params import Param, Values
from ..problems import FieldProblem
from ..recorded import AUDIO
from ..specs import Measured, OneSided
from .base import Operator
from .ranges import ends, has, limits


def build(values: Values) -> Measured | OneSided:
    """A figure in a range, or a side that cannot be heard."""
    if values["measure"] != "one_sided":
        return Measured(f"audio.{values['measure']}", *limits(values, ""))
    if has(values, ""):
        raise FieldProblem("conflict", fields="measure: one_sided, min, max")
    if not values["roles"]:
        raise FieldProblem("empty", "roles")
    return OneSided(values["roles"], values["min_turns"])


OPERATOR = Operator(
    name="audio.quality",
    summary="The recording is clipped, noisy or broken, or only one side can be heard.",
    params=(
        Param(
            "measure",
            "choice",
            "clipping_percent: samples at full level; noise_db: the level of the noise; snr_db: "
            "speech above the noise; loss_percent: packets lost; mos: mean opinion score (1 to 5); "
            "one_sided: a side cannot be heard.",
            required=True,
            choices=(*AUDIO, "one_sided"),
        ),
        *ends("", "the figure", minimum=None),
        Param(
            "roles",
            "roles",
            "The sides that must be heard, for one_sided.",
            default=("agent", "customer"),
        ),
        Param(
            "min_turns",
            "integer",
            "A conversation of fewer turns does not tell who can be heard.",
            default=3,
            minimum=1,
        ),
    ),
    build=build,
    needs=("metadata",),
    locates=False,
)
