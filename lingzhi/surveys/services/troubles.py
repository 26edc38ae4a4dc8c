"""A product that customers suddenly call about is entered where it hurts, with one owner."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lingzhi.accounts.models import User
from lingzhi.core.clock import today
from lingzhi.kpis.queries import owner_for
from lingzhi.notifications.services import tell
from lingzhi.org.models import Unit
from lingzhi.surveys.models import Insight
from lingzhi.surveys.queries.troubles import DAYS, Trouble, troubles_up_to
from lingzhi.surveys.services.insights import save_insight

CODE = "K33"  # who answers for the number of contacts sees to what they are about
REVIEW = timedelta(days=14)
AGAIN = timedelta(days=60)  # a product that was entered is not entered again so soon
WEIGHT = 4


def look_for_troubles(last: date) -> int:
    """Enter the products that are called about surely oftener; the number entered."""
    return sum(_enter(one, last) for one in troubles_up_to(last))


@transaction.atomic
def _enter(trouble: Trouble, last: date) -> bool:
    unit, owner = _answering()
    title = _("Called about oftener: %(product)s") % {"product": trouble.product}
    known = Insight.objects.filter(kind=Insight.Kind.PAIN, created_by=None)
    if unit is None or owner is None:
        return False
    if known.filter(title=title[:120], review_on__gt=last - AGAIN).exists():
        return False
    found = Insight(
        kind=Insight.Kind.PAIN, title=title[:120], words=words_of(trouble),
        source=Insight.Source.CONTACT, evidence=_evidence(trouble, last), weight=WEIGHT,
        unit=unit, owner=owner, review_on=today() + REVIEW,
    )  # fmt: skip
    save_insight(found, by=None)
    tell(
        [owner], gettext_lazy("A product needs you"), body=trouble.product,
        url=reverse("surveys:insight", args=[found.pk]),
    )  # fmt: skip
    return True


def _answering() -> tuple[Unit | None, User | None]:
    """The company or, where nobody heads it, its first centre, with who answers for it there."""
    widest = Unit.objects.filter(Q(parent=None) | Q(kind="centre")).order_by("path")
    pairs = ((unit, owner_for(CODE, unit)) for unit in widest)
    return next(((unit, owner) for unit, owner in pairs if owner is not None), (None, None))


def words_of(trouble: Trouble) -> str:
    """What was counted, in one sentence."""
    words = _("%(product)s: in %(hits)s of %(of)s conversations, before in %(was)s of %(was_of)s.")
    said = words % {
        "product": trouble.product, "hits": trouble.hits, "of": trouble.of,
        "was": trouble.before_hits, "was_of": trouble.before_of,
    }  # fmt: skip
    if not trouble.matters:
        return said
    return f"{said} " + _("Most often: %(matters)s.") % {"matters": " / ".join(trouble.matters)}


def _evidence(trouble: Trouble, last: date) -> str:
    first = last - timedelta(days=DAYS - 1)
    asked = {"text": trouble.product[:20], "from_on": str(first), "to_on": str(last)}
    return f"{reverse('contacts:list')}?{urlencode(asked)}"
