"""Texts of the program: extract, fill, generate zh-Hant, and say what is missing."""

import fcntl
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from config.catalogues import compile_catalogues
from lingzhi.core.catalogues import fill, missing, put_in_order, write_traditional

IGNORED = [".venv*", "var*", "node_modules*", "staticfiles*", "lingzhi/core/static*", "tests*"]


class Command(BaseCommand):
    help = "Extract the texts (needs GNU gettext), fill translations, generate zh-Hant."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--update", action="store_true", help="extract the texts anew")
        parser.add_argument(
            "--fill",
            type=Path,
            help="a JSON file {msgid: zh-Hans}; never in the place of another text",
        )
        parser.add_argument("--missing", action="store_true", help="list texts without zh-Hans")

    def handle(self, *args: Any, **options: Any) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        with (settings.DATA_DIR / "translations.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._work(options)

    def _work(self, options: dict[str, Any]) -> None:
        if options["update"] or options["fill"]:
            call_command(
                "makemessages",
                locale=["zh_Hans"],
                no_location=True,
                no_wrap=True,
                ignore_patterns=IGNORED,
                no_obsolete=True,
                verbosity=0,
            )
        refused: list[str] = []
        if options["fill"]:
            found, refused = fill(json.loads(options["fill"].read_text()))
            self.stdout.write(f"{found} filled")
        put_in_order()
        write_traditional()
        compile_catalogues()
        empty = missing()
        if options["missing"]:
            self.stdout.write("\n".join(json.dumps(text, ensure_ascii=False) for text in empty))
        if refused:
            named = "\n".join(json.dumps(text, ensure_ascii=False) for text in sorted(refused))
            raise CommandError(f"translated otherwise already, left as they are:\n{named}")
        if empty and not options["missing"]:
            raise CommandError(f"{len(empty)} texts lack a translation; see --missing")
