"""Bringing a file in from the command line: the same way for every kind of import."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lingzhi.core.errors import DomainError
from lingzhi.core.intake import ImportKind
from lingzhi.imports.models import Batch
from lingzhi.imports.queries import labels_of, problems_of, remembered_mapping, same_file
from lingzhi.imports.samples import propose
from lingzhi.imports.services import (
    accept_batch,
    bring_in,
    file_path,
    receive_file,
    start_batch,
)

SHOWN = 20


class ImportCommand(BaseCommand):
    """`FILE --source CODE` of one kind; a call that broke off is gone on with by the same call."""

    kind: ImportKind

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="the code of the source")
        parser.add_argument("--mapping", type=Path, help="JSON {columns, options} for new sources")
        parser.add_argument(
            "--default",
            action="append",
            default=[],
            metavar="FIELD=VALUE",
            help="value where the file has none",
        )
        parser.add_argument(
            "--skip-bad", action="store_true", help="publish although some rows have problems"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            batch = self._unfinished(options) or self._new(options)
            bring_in(batch)
            if options["skip_bad"] and batch.state == Batch.State.UNDECIDED:
                accept_batch(batch, by=None, is_queued=False)
                bring_in(batch)
        except (DomainError, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self._report(batch)

    def _unfinished(self, options: dict[str, Any]) -> Batch | None:
        """An import of this very file that an earlier call began: it is gone on with."""
        with options["file"].open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        earlier = same_file(self.kind, options["source"], sha256)
        return earlier.filter(run=None, started_at__isnull=False, finished_at=None).first()

    def _new(self, options: dict[str, Any]) -> Batch:
        path: Path = options["file"]
        with path.open("rb") as file:
            batch = receive_file(
                self.kind, file, name=path.name, source=options["source"],
                adapter=options.get("adapter") or "", by=None,
            )  # fmt: skip
        columns, reading = self._mapping(batch, options)
        start_batch(batch, columns=columns, options=reading, by=None, is_queued=False)
        return batch

    def _mapping(self, batch: Batch, options: dict[str, Any]) -> tuple[dict[str, Any], Any]:
        if options.get("adapter"):
            return {}, batch.options
        proposal = propose(self.kind, file_path(batch), batch.options, remembered_mapping(batch))
        columns, reading = proposal.columns, proposal.options
        if options["mapping"]:
            given = json.loads(options["mapping"].read_text())
            columns, reading = given["columns"], {**reading, **given.get("options", {})}
        defaults = dict(pair.partition("=")[::2] for pair in options["default"])
        return columns, {**reading, "defaults": {**reading.get("defaults", {}), **defaults}}

    def _report(self, batch: Batch) -> None:
        label = labels_of(self.kind)
        for problem in problems_of(batch)[:SHOWN]:
            where = _("row %(number)d") % {"number": problem.number}
            self.stderr.write(f"{where}: {label(problem.field)}: {problem.sentence}")
        if batch.refusal:
            raise CommandError(batch.refusal)
        counts = (
            f"{batch.staged_rows} read, {batch.published_rows} new, {batch.known_rows} known, "
            f"{batch.problem_rows} with problems"
        )
        if batch.finished_at is None:
            raise CommandError(f"{counts}; nothing is published (see --skip-bad)")
        self.stdout.write(counts)
