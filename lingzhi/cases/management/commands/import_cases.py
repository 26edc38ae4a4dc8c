"""`manage.py import_cases FILE --source CODE`: bring tickets of another system in."""

from django.core.management import CommandParser

from lingzhi.cases.intake.kind import ADAPTERS, KIND
from lingzhi.cases.queries.verdicts import Compared, compare_verdicts
from lingzhi.cases.services.flows import lay_built_ins
from lingzhi.imports.command_line import ImportCommand


class Command(ImportCommand):
    help = "Bring tickets of another system in from CSV, XLSX, JSON Lines or a known data set."
    kind = KIND

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--adapter", choices=sorted(ADAPTERS), help="a data set's own form")

    def handle(self, *args: object, **options: object) -> None:
        lay_built_ins(by=None)
        super().handle(*args, **options)
        found = compare_verdicts(str(options["source"]))
        if found.agreement.n:
            self.stdout.write(in_lines(found))


def in_lines(found: Compared) -> str:
    """The confusion table and the agreement, for a terminal."""
    share, kappa = found.agreement, found.kappa
    rows = (
        ("", "kept there", "late there"),
        ("kept here", found.both_kept, found.only_we_kept),
        ("late here", found.only_they_kept, found.both_late),
    )
    lines = [f"{one:<12}{two!s:>12}{three!s:>12}" for one, two, three in rows]
    lines.append(f"not judged by both: {found.unknown}")
    for name, one in (("agreement", share), ("kappa", kappa)):
        if one.value is not None:
            lines.append(f"{name} {one.value:.4f} (95 %: {one.low:.4f} to {one.high:.4f})")
    return "\n".join(lines)
