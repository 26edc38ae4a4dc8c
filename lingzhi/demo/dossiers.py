"""The demo centre's audit file of the last 30 days, taken by the auditor."""

from django.utils import translation

from lingzhi.accounts.models import User
from lingzhi.conformity.models import Dossier
from lingzhi.conformity.queries.periods import last_days
from lingzhi.conformity.services.dossiers import ask_for_dossier, make_dossier, take_dossier
from lingzhi.core.clock import today
from lingzhi.org.models import Unit
from lingzhi.rulebook.models import Version

MANAGER = "7002"


def seed_dossiers() -> None:
    """One as Word, which every machine can make."""
    version = Version.objects.filter(approved_at__isnull=False).order_by("pk").first()
    if version is None or Dossier.objects.exists():
        return
    manager = User.objects.get(staff_no=MANAGER)
    centre = Unit.objects.get(code="centre")
    with translation.override("zh-hans"):
        dossier = ask_for_dossier(
            version, centre, last_days(30, today()), Dossier.Form.WORD, by=manager
        )
    make_dossier(dossier)
    dossier.refresh_from_db()
    for reader in User.objects.filter(assignments__role="auditor"):
        take_dossier(dossier, by=reader)
