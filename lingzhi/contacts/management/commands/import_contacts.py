"""`manage.py import_contacts FILE --source CODE`: bring conversations in from the command line."""

from django.core.management import CommandParser

from lingzhi.contacts.adapters import ADAPTERS
from lingzhi.contacts.intake import KIND
from lingzhi.imports.command_line import ImportCommand


class Command(ImportCommand):
    help = "Bring conversations in from CSV, XLSX, JSON Lines or a known data set."
    kind = KIND

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--adapter", choices=sorted(ADAPTERS), help="a data set's own form")
