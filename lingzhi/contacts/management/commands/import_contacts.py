"""`manage.py import_contacts FILE --source CODE`: bring conversations in from the command line."""

import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from lingzhi.contacts.adapters import ADAPTERS
from lingzhi.contacts.intake import KIND
from lingzhi.core.errors import BadInput
from lingzhi.files.services import store_file
from lingzhi.imports.formats import FORMATS, detect
from lingzhi.imports.models import Batch, Mapping
from lingzhi.imports.records import guess_columns
from lingzhi.imports.services import bring_in, header_of, open_batch


class Command(BaseCommand):
    help = "Bring conversations in from CSV, XLSX, JSON Lines or a known data set."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="the code of the source")
        parser.add_argument("--adapter", choices=sorted(ADAPTERS), help="a data set's own form")
        parser.add_argument("--mapping", type=Path, help="JSON {columns, options} for new sources")
        parser.add_argument(
            "--skip-bad", action="store_true", help="publish although some rows have problems"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            batch = self._open(path, options)
            records = ADAPTERS[options["adapter"]](path) if options["adapter"] else None
            bring_in(batch, records)
        except (BadInput, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self._report(batch)

    def _open(self, path: Path, options: dict[str, Any]) -> Batch:
        with path.open("rb") as file:
            stored = store_file(file, name=path.name, purpose="import", by=None)
        columns, reading = self._mapping(path, options)
        if options["skip_bad"]:
            reading = {**reading, "skip_bad": True}
        return open_batch(
            KIND, source=options["source"], file=stored, columns=columns, options=reading,
            by=None, is_queued=False,
        )  # fmt: skip

    def _mapping(self, path: Path, options: dict[str, Any]) -> tuple[dict[str, Any], Any]:
        if options["adapter"]:
            return {}, {"adapter": options["adapter"]}
        found = detect(path, path.name)
        if options["mapping"]:
            given = json.loads(options["mapping"].read_text())
            return given["columns"], {**found, **given.get("options", {})}
        known = Mapping.objects.filter(kind=KIND.code, source=options["source"]).first()
        if known:
            return known.columns, {**known.options, **found}
        return guess_columns(KIND, header_of(FORMATS[found["format"]], path, found)), found

    def _report(self, batch: Batch) -> None:
        batch.refresh_from_db()
        for row in batch.rows.exclude(problems=[])[:20]:
            for problem in row.problems:
                self.stderr.write(f"row {row.number}: {problem['field']}: {problem['message']}")
        if batch.error:
            raise CommandError(batch.error)
        counts = (
            f"{batch.staged_rows} read, {batch.published_rows} new, {batch.known_rows} known, "
            f"{batch.bad_rows} with problems"
        )
        if batch.finished_at is None:
            raise CommandError(f"{counts}; nothing is published (see --skip-bad)")
        self.stdout.write(counts)
