import io
from typing import Any

from lingzhi.conformity.models import DataFlaw
from lingzhi.conformity.queries.periods import last_days
from lingzhi.conformity.services.dossiers import ask_for_dossier
from lingzhi.conftest import Cast
from lingzhi.core.clock import now, today
from lingzhi.files.services import store_file
from lingzhi.rulebook.factories import make_version
from lingzhi.rulebook.models import Version
from tests.permissions.objects import Route, Whose
from tests.permissions.of_rulebook import own_pack


def regulation(cast: Cast, whose: Whose) -> dict[str, Any]:
    code = own_pack(cast, whose).code
    return {"pk": make_version(code, whose.unit, by=cast.quan).regulation_id}


def pilot(cast: Cast, whose: Whose) -> dict[str, Any]:
    made = make_version(own_pack(cast, whose).code, whose.unit, by=cast.quan)
    made.pilot_until = today()
    made.save(update_fields=["pilot_until"])
    made.pilot_units.add(whose.unit)
    return {"pk": made.pk}


def clause(cast: Cast, whose: Whose) -> dict[str, Any]:
    return {**regulation(cast, whose), "number": "第一条"}


def dossier(cast: Cast, whose: Whose) -> dict[str, Any]:
    """One that was made for somebody else: the quality manager."""
    found = regulation(cast, whose)
    version = Version.objects.get(regulation=found["pk"])
    row = ask_for_dossier(version, whose.unit, last_days(7, today()), "docx", by=cast.quan)
    source = io.BytesIO(b"PK")
    row.file = store_file(source, name="audit.docx", purpose="dossier", by=cast.quan)
    row.made_at = now()
    row.save()
    return {**found, "dossier": row.pk}


def flaw(cast: Cast, whose: Whose) -> dict[str, Any]:
    """One of the unit of `whose`."""
    row, _is_new = DataFlaw.objects.update_or_create(
        code="cases.no_customer",
        defaults={"owner": whose.unit, "state": "open", "found": 1, "counted_on": today()},
    )
    return {"pk": row.pk}


NO_CLAUSE = {"pk": 999_999_999, "number": "第一条"}

ROUTES = {
    "conformity:overview": Route(),
    "conformity:collected": Route(),
    "conformity:threshold": Route(),
    "conformity:pilot": Route(pilot),
    "conformity:regulation": Route(regulation),
    "conformity:gaps": Route(regulation),
    "conformity:pdf": Route(regulation),
    "conformity:table": Route(regulation),
    "conformity:data_quality": Route(),
    "conformity:data_flaw": Route(flaw),
    "conformity:decide_flaw": Route(flaw, method="post", data={"state": "mending"}),
    "conformity:document": Route(regulation),
    "conformity:dossiers": Route(regulation),
    "conformity:ask_for_dossier": Route(regulation, method="post", data={"form": "docx"}),
    "conformity:take_dossier": Route(dossier, missing={"pk": 999_999_999, "dossier": 1}),
    "conformity:clause": Route(clause, missing=NO_CLAUSE),
}
