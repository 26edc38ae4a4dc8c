"""`manage.py seed-demo --contacts N --seed S`: the demo centre in an empty installation."""

from typing import Any

from django.core.management import BaseCommand, CommandParser

from lingzhi.demo.seeding import seed, summary


class Command(BaseCommand):
    help = "Fill an empty installation with the demo centre; a second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--contacts", type=int, default=20_000, help="conversations in all")
        parser.add_argument("--seed", type=int, default=1, help="the same number, the same data")

    def handle(self, *args: Any, **options: Any) -> None:
        seed(contacts=options["contacts"], seed_number=options["seed"], say=self.stdout.write)
        self.stdout.write(str(summary()))
