"""Check the invariants that must hold after every fault."""

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from lingzhi.core.verification import Result, run_checks


class Command(BaseCommand):
    help = "Run the checks of settings.CHECKS; exit code 1 where one finds a problem."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("checks", nargs="*", help="such as audit.checks.chain")
        parser.add_argument("--all", action="store_true", help="every check")
        parser.add_argument("--json", action="store_true", help="the results as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        results = run_checks(self._chosen(options))
        is_sound = not any(result.problems for result in results)
        if options["json"]:
            report = {"ok": is_sound, "checks": [asdict(result) for result in results]}
            self.stdout.write(json.dumps(report, indent=1, ensure_ascii=False))
        else:
            self._tell(results)
        if not is_sound:
            raise SystemExit(1)

    def _chosen(self, options: dict[str, Any]) -> list[str]:
        if options["all"] or not options["checks"]:
            return settings.CHECKS
        chosen = [f"lingzhi.{name.removeprefix('lingzhi.')}" for name in options["checks"]]
        if unknown := set(chosen) - set(settings.CHECKS):
            raise CommandError(f"No such check: {', '.join(sorted(unknown))}")
        return chosen

    def _tell(self, results: list[Result]) -> None:
        for result in results:
            verdict = f"{len(result.problems)} PROBLEMS" if result.problems else "holds"
            self.stdout.write(f"{result.name}: {verdict} ({result.seconds} s)")
            for problem in result.problems:
                self.stdout.write(f"  {problem.subject}: {problem.message}")
