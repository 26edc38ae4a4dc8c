"""Make a backup while everybody works on."""

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from lingzhi.core.backup.making import make_backup
from lingzhi.core.backup.passphrase import passphrase_in


class Command(BaseCommand):
    help = "Write database, files and checkpoints to one archive, while work goes on."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path, help="the archive to write, such as backup.tar.gz")
        parser.add_argument(
            "--passphrase-file",
            type=Path,
            help="seal the keys into the archive; without it they are written to OUT.keys",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        out: Path = options["out"]
        manifest = make_backup(out, passphrase_in(options["passphrase_file"]))
        size = out.stat().st_size / 1024 / 1024
        rows = sum(manifest.rows.values())
        files = len(manifest.members) - 1
        self.stdout.write(f"{out}: {rows} rows, {files} files, {size:.1f} MB")
        if manifest.keys == "apart":
            self.stdout.write(f"{out}.keys holds the keys: keep it at another place.")
