"""`manage.py import_scores FILE --source CODE`: bring in what was scored with before (历史评分)."""

from lingzhi.imports.command_line import ImportCommand
from lingzhi.inspections.intake import KIND


class Command(ImportCommand):
    help = "Bring scores of an earlier system in from CSV, XLSX or JSON Lines."
    kind = KIND
