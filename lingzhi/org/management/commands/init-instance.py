"""The first set-up without a browser; run again it changes nothing."""

import os
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from lingzhi.accounts.queries import has_people
from lingzhi.org.services import Founder, Founding, set_up, setup_token

ADMINISTRATORS = ("system", "security", "audit")


class Command(BaseCommand):
    help = (
        "Found the installation: company, centre, calendar and three administrators. "
        "Each option may also come from the environment, as INIT_COMPANY, INIT_SYSTEM_ADMIN and "
        "so on. Without options the address and the token of the set-up page are printed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", default=os.environ.get("INIT_COMPANY", ""))
        parser.add_argument("--centre", default=os.environ.get("INIT_CENTRE", ""))
        parser.add_argument("--country", default=os.environ.get("INIT_COUNTRY", "CN"))
        for role in ADMINISTRATORS:
            parser.add_argument(
                f"--{role}-admin",
                default=os.environ.get(f"INIT_{role.upper()}_ADMIN", ""),
                metavar="STAFF_NO:NAME[:E-MAIL]",
                help=f"{role} administrator; a one-time password is printed",
            )

    def handle(self, *args: Any, **options: Any) -> None:
        if has_people():
            self.stdout.write("This installation is set up already; nothing was changed.")
            return
        needed = ["company", "centre", *(f"{role}_admin" for role in ADMINISTRATORS)]
        missing = [name for name in needed if not options[name]]
        if len(missing) == len(needed):
            self._point_to_the_page()
        elif missing:
            raise CommandError("missing: " + ", ".join(_option(name) for name in missing))
        else:
            self._found(options)

    def _point_to_the_page(self) -> None:
        self.stdout.write(f"Open /setup/ in a browser. Token: {setup_token()}")
        self.stdout.write(f"(It stands in {settings.DATA_DIR / 'setup-token'} too.)")

    def _found(self, options: dict[str, Any]) -> None:
        founders = {role: _founder(role, options[f"{role}_admin"]) for role in ADMINISTRATORS}
        if len({founder.staff_no.lower() for founder in founders.values()}) < len(founders):
            raise CommandError("the three administrators must be three people")
        issued = set_up(
            Founding(
                company=options["company"],
                centre=options["centre"],
                country=options["country"],
                **founders,
            )
        )
        self.stdout.write("Set up. One-time passwords, good for 72 hours:")
        for staff_no, password in issued.items():
            self.stdout.write(f"  {staff_no}  {password}")


def _option(name: str) -> str:
    return "--" + name.replace("_", "-")


def _founder(role: str, text: str) -> Founder:
    staff_no, _colon, rest = text.partition(":")
    name, _colon, email = rest.partition(":")
    if not staff_no or not name:
        raise CommandError(f"--{role}-admin must be STAFF_NO:NAME[:E-MAIL], not {text!r}")
    return Founder(staff_no, name, email)
