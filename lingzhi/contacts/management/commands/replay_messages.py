"""`manage.py replay_messages LINE FILE`: messages of another system once more, to try a line."""

import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from lingzhi.contacts.messaging.calls import CannotRead, NotSigned
from lingzhi.contacts.models import MessageLine
from lingzhi.contacts.services.message_replay import replay


class Command(BaseCommand):
    help = "Hand messages of a file over to a line, signed as the other system would."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("line", type=int, help="number of the line, as its address has it")
        parser.add_argument("file", type=Path, help="such as data/messages/sms.json")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        rows = MessageLine.objects.select_related("site__unit", "site__calendar")
        line = rows.filter(pk=options["line"], retired_at=None).first()
        if line is None:
            raise CommandError("No such line.")
        try:
            written = json.loads(options["file"].read_text("utf-8"))["written"]
            new = replay(line, written)
        except (OSError, ValueError, KeyError, TypeError, CannotRead, NotSigned) as problem:
            raise CommandError(f"These are no messages of {line.kind}: {problem!r}") from problem
        self.stdout.write(f"{new} new")
