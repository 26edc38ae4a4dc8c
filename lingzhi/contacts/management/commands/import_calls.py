"""`manage.py import_calls FILE --source CODE --adapter FORM`: phone data from the command line."""

from django.core.management import CommandParser

from lingzhi.contacts.adapters.phone import ADAPTERS
from lingzhi.contacts.call_intake import KIND
from lingzhi.imports.command_line import ImportCommand


class Command(ImportCommand):
    help = "Bring logs and detail records of a phone system in."
    kind = KIND

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--adapter", choices=sorted(ADAPTERS), required=True, help="which system wrote the file"
        )
