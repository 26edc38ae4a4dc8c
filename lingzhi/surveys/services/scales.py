"""Setting scales and dimensions."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from lingzhi.accounts.models import User
from lingzhi.audit.services import record
from lingzhi.core.clock import now
from lingzhi.core.errors import BadInput, DomainError
from lingzhi.surveys.models import Dimension, Scale
from lingzhi_engine.questionnaire.reading import CODE

MOST_STEPS = 11


class ScaleRetired(DomainError):
    message = _("This scale was retired already.")


@transaction.atomic
def add_scale(scale: Scale, *, by: User) -> Scale:
    """A scale of the house's own. Its numbers stay as they are. Raises BadInput."""
    if not CODE.fullmatch(scale.code):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="code")
    if Scale.objects.filter(code=scale.code).exists():
        raise BadInput(_("Another scale has this code."), field="code")
    if not scale.lowest <= scale.dissatisfied_to < scale.satisfied_from <= scale.highest:
        raise BadInput(
            _("Lowest ≤ dissatisfied up to < satisfied from ≤ highest."), field="satisfied_from"
        )
    if len(scale.numbers) > MOST_STEPS:
        raise BadInput(_("At most eleven numbers."), field="highest")
    scale.save(force_insert=True)
    record(by, "surveys.scale_added", scale, after={"code": scale.code, **_numbers(scale)})
    return scale


def _numbers(scale: Scale) -> dict[str, int]:
    names = ("lowest", "highest", "satisfied_from", "dissatisfied_to")
    return {name: getattr(scale, name) for name in names}


@transaction.atomic
def retire_scale(scale: Scale, *, by: User) -> None:
    """New questions are not judged on it; what was judged stays. Raises ScaleRetired."""
    if not Scale.objects.filter(pk=scale.pk, retired_at=None).update(retired_at=now()):
        raise ScaleRetired()
    record(by, "surveys.scale_retired", scale)


@transaction.atomic
def set_dimension(dimension: Dimension, *, by: User) -> Dimension:
    """Add a dimension, or change its name and whether it must be asked. Raises BadInput."""
    if not CODE.fullmatch(dimension.code):
        raise BadInput(_("Small letters, digits and _, up to 40."), field="code")
    if Dimension.objects.filter(code=dimension.code).exclude(pk=dimension.pk).exists():
        raise BadInput(_("Another dimension has this code."), field="code")
    dimension.save()
    after = {"code": dimension.code, "is_required": dimension.is_required}
    record(by, "surveys.dimension_set", dimension, after=after)
    return dimension
