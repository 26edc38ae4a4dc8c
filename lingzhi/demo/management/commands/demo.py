"""`manage.py demo`: what `make demo` runs — migrate, seed, inspect, say what there is, serve."""

import time
from typing import Any

from django.core.management import BaseCommand, CommandParser, call_command
from django.utils import translation

from lingzhi.accounts.roles import ROLES
from lingzhi.demo.seeding import PASSWORD, seed, sign_ins, summary

ADDRESS = "http://127.0.0.1:8000"


class Command(BaseCommand):
    help = "Set up the demo centre and serve it on 127.0.0.1:8000."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--contacts", type=int, default=20_000, help="conversations in all")
        parser.add_argument("--seed", type=int, default=1, help="the same number, the same data")
        parser.add_argument("--no-serve", action="store_true", help="end before serving")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        call_command("migrate", verbosity=0)
        seed(contacts=options["contacts"], seed_number=options["seed"], say=self.stdout.write)
        self._report(time.monotonic() - began)
        if not options["no_serve"]:
            call_command("serve")

    def _report(self, seconds: float) -> None:
        self.stdout.write(f"\n{ADDRESS}   password of everybody: {PASSWORD}")
        with translation.override("zh-hans"):
            for role, staff_no in sign_ins():
                self.stdout.write(f"  {staff_no:<8} {ROLES[role].label}")
        there = summary()
        self.stdout.write(
            f"{there.conversations} conversations, {there.turns} turns, {there.rules} rules, "
            f"{there.hits} hits; {there.unanswered} calls that nobody answered; {seconds:.1f} s"
        )
