"""Seal, sign and verify the audit log."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from lingzhi.audit.checkpoints import paths_in
from lingzhi.audit.keys import NotAKey, public_key
from lingzhi.audit.services import ChainBroken, make_checkpoints, seal_log
from lingzhi.audit.verifying import Report, checkpoints_seen, verify_chain


class Command(BaseCommand):
    help = "The audit log: seal new rows, sign checkpoints, verify the chain against them."

    def add_arguments(self, parser: CommandParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("seal", help="chain every row that is not sealed yet")
        checkpoint = acts.add_parser("checkpoint", help="sign the state of the chain")
        verify = acts.add_parser("verify", help="recompute the chain; exit code 1 on a problem")
        for each in (checkpoint, verify):
            each.add_argument("--checkpoints", type=Path, help="default: DATA_DIR/checkpoints")
        verify.add_argument("--key", type=Path, help="public key (PEM); default: our own")
        verify.add_argument("--json", action="store_true", help="the report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        directory = options.get("checkpoints") or settings.DATA_DIR / "checkpoints"
        if options["act"] == "seal":
            self.stdout.write(f"{seal_log(is_thorough=True)} rows sealed")
        elif options["act"] == "checkpoint":
            self._checkpoint(directory)
        else:
            self._verify(directory, options)

    def _checkpoint(self, directory: Path) -> None:
        try:
            made = make_checkpoints(directory)
        except ChainBroken as broken:
            raise CommandError(f"The chain is broken at {broken}; nothing was signed.") from broken
        self.stdout.write("\n".join(str(path) for path in made) or "nothing new")

    def _verify(self, directory: Path, options: dict[str, Any]) -> None:
        try:
            key = public_key(options["key"])
        except (OSError, ValueError, NotAKey) as problem:
            raise CommandError(f"{options['key']}: {problem}") from problem
        if options["checkpoints"] and not paths_in(directory):
            raise CommandError(f"{directory} holds no checkpoint.")
        seen_before = 0 if options["checkpoints"] else checkpoints_seen()
        report = verify_chain(directory, key, seen_before=seen_before)
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), indent=1))
        else:
            self._tell(report)
        if not report.is_sound:
            raise SystemExit(1)

    def _tell(self, report: Report) -> None:
        for problem in report.problems:
            self.stdout.write(
                f"{problem.kind}: place {problem.position}, row {problem.entry_id}: "
                f"{problem.detail}"
            )
        self.stdout.write(
            f"{report.sealed} rows sealed, {report.unsealed} waiting, {report.checkpoints} "
            f"checkpoints up to row {report.checked_to}: "
            + ("sound" if report.is_sound else f"{len(report.problems)} PROBLEMS")
        )
