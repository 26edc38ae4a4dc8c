# ruff: noqa: E402, PLC0415  # path and settings must be set before anything is imported
"""The whole UCI incident log through the command, as people bring it in: seconds and counts.

    .venv/bin/python benchmarks/import_cases.py

Ends in one JSON line. Every count of data/uci_incident_event_log/NOTE.md must come out; agreement
of the recomputed SLA is that on the incidents with an even number, which the limits never saw.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # this file's own folder would hide other modules of its names

import json
import time
from datetime import date

LOG = ROOT / "data" / "uci_incident_event_log" / "incident_event_log.zip"
NOTE = {"incidents": 24_918, "events": 141_712, "reassigned": 11_369, "reopened": 275}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/db.sqlite3"
        os.environ["LOG_LEVEL"] = "WARNING"
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        seconds = _bring()
        found = _counts()
    print(json.dumps({"seconds": round(seconds, 1), **found}))
    return 0 if NOTE.items() <= found.items() else 1


def _bring() -> float:
    from django.core.management import call_command

    from lingzhi.accounts.models import User
    from lingzhi.org.services import assign_role, create_unit

    call_command("migrate", verbosity=0)
    unit = create_unit(kind="company", name="云栖", code="yunqi", parent=None, by=None)
    leader = User.objects.create_user("1001", name="Ada")
    assign_role(leader, "team_leader", unit, from_on=date(2016, 1, 1), by=None)
    began = time.monotonic()
    call_command("import_cases", str(LOG), "--source", "uci", "--adapter", "incident_log")
    return time.monotonic() - began


def _counts() -> dict[str, object]:
    from lingzhi.cases.models import Case, CaseEvent, Serial
    from lingzhi.cases.queries.verdicts import compare_verdicts

    said_twice = CaseEvent.objects.filter(step__in=("reassigned", "reopened"))
    assigned = CaseEvent.objects.filter(kind="assigned").values("case").distinct()
    unseen = compare_verdicts("uci", lambda number: int(number[-1]) % 2 == 0)
    return {
        "incidents": Case.objects.count(),
        "events": CaseEvent.objects.count() - said_twice.count(),
        "reassigned": assigned.count(),
        "reopened": Case.objects.filter(cycle__gt=1).count(),
        "most_reopened": max(Case.objects.values_list("cycle", flat=True)) - 1,
        "last_serial": Serial.objects.get(kind="case").last,
        "agreement": [round(float(one or 0), 4) for one in unseen.agreement[:3]],
        "kappa": [round(float(one or 0), 4) for one in unseen.kappa[:3]],
        "confusion": [
            unseen.both_kept, unseen.only_we_kept, unseen.only_they_kept, unseen.both_late,
        ],
    }  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
