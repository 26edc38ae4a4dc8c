"""`python seed.py TICKETS`: tables, cases with their history, a token. Prints one JSON line."""

import json
import sys
from datetime import date

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from lingzhi.accounts.models import User  # noqa: E402
from lingzhi.accounts.services.tokens import make_token  # noqa: E402
from lingzhi.cases.models import Case, CaseType  # noqa: E402
from lingzhi.cases.services.bringing import Ticket, bring_cases  # noqa: E402
from lingzhi.cases.services.flows import lay_built_ins  # noqa: E402
from lingzhi.core.clock import now  # noqa: E402
from lingzhi.imports.models import Batch  # noqa: E402
from lingzhi.org.services import assign_role, create_unit, found_calendar  # noqa: E402

GROUP = 2_000
NEEDED = ["cases.read", "cases.open", "cases.work"]
call_command("migrate", verbosity=0)
found_calendar()
company = create_unit(kind="company", name="云栖", code="yunqi", parent=None, by=None)
unit = create_unit(kind="team", name="一组", code="first", parent=company, by=None)
leader = User.objects.create_user("1001", name="Ada")
assign_role(leader, "team_leader", unit, from_on=date(2020, 1, 1), by=None)
lay_built_ins(by=None)
kind, at = CaseType.objects.get(code="enquiry").pk, now()
batch = Batch.objects.create(kind="cases", source="seed", created_by=leader, created_at=at)
many = int(sys.argv[1])
for begin in range(0, many, GROUP):
    tickets = [
        Ticket(
            number=str(number), title=f"包裹未送达 {number}", type=kind,
            state="solved" if number % 2 else "open", opened_at=at, solved_at=at, told_at=None,
            closed_at=None, satisfaction=None, unit=unit.pk, owner=leader.pk, priority=None,
            description="订单三天未到", demand="尽快送达", reassigned=None, reopened=None,
            limit_hours=None, kept_limit=None,
        )
        for number in range(begin, min(begin + GROUP, many))
    ]  # fmt: skip
    with transaction.atomic():
        bring_cases("seed", tickets, batch)
_token, text = make_token(leader, name="desk", capabilities=NEEDED, days=1)
first, last = Case.objects.earliest("pk").pk, Case.objects.latest("pk").pk
print(json.dumps({"token": text, "tickets": [first, last]}))
