import re
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lingzhi.core.documents.tables import csv_lines, xlsx_bytes
from lingzhi.inspections.models import ExportLayout
from lingzhi.inspections.queries.layouts import cells_of, headings_of, scores_of_month
from lingzhi.inspections.services.layouts import record_scores_export


class Command(BaseCommand):
    help = "Write the released scores of a month in the columns of a layout, as .csv or .xlsx."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("layout", help="the title of the layout")
        parser.add_argument("month", help="such as 2026-10")
        parser.add_argument("out", type=Path, help="the file to write; its ending says which")

    def handle(self, *args: Any, **options: Any) -> None:
        layout = ExportLayout.objects.select_related("unit").filter(title=options["layout"]).first()
        if layout is None:
            raise CommandError("There is no layout of this title.")
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", options["month"]):
            raise CommandError("A month is written as 2026-10.")
        month = date.fromisoformat(f"{options['month']}-01")
        count = record_scores_export(layout, month, by=None)
        header = headings_of(layout.columns)
        rows = cells_of(layout.columns, scores_of_month(layout, month))
        out: Path = options["out"]
        if out.suffix == ".xlsx":
            out.write_bytes(xlsx_bytes(header, rows))
        else:
            with out.open("w", encoding="utf-8", newline="") as file:
                file.writelines(csv_lines(header, rows))
        self.stdout.write(f"{count} scores")
