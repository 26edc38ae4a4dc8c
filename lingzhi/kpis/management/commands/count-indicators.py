"""Count the indicators of some days anew, in this process."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lingzhi.core.clock import today
from lingzhi.kpis.services import count_days


def _day(text: str) -> date:
    return date.fromisoformat(text)


class Command(BaseCommand):
    help = "Count every indicator on the days given; counting twice gives the same figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", type=_day, required=True, help="first day")
        parser.add_argument("--to", dest="last", type=_day, help="last day; today without it")

    def handle(self, *_args: Any, **options: Any) -> None:
        first, last = options["first"], options["last"] or today()
        if last < first:
            raise CommandError("The last day lies before the first.")
        written = count_days(first, last, say=self.stdout.write)
        self.stdout.write(f"{written} facts from {first} to {last}")
