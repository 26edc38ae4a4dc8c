"""Put a backup in place of what is there."""

import subprocess
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from lingzhi.core.backup.manifest import Manifest, UnfitArchive
from lingzhi.core.backup.passphrase import passphrase_in
from lingzhi.core.backup.restoring import put_in_place, unpacked
from lingzhi.core.running import be_alone
from lingzhi.core.supervision import manage


class Command(BaseCommand):
    help = "Restore an archive of “backup”; what was there is kept in DATA_DIR/before-restore-…"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--passphrase-file", type=Path, help="opens keys sealed inside")
        parser.add_argument("--keys", type=Path, help="the file of keys kept apart")
        parser.add_argument("--dry-run", action="store_true", help="check it and show its counts")

    def handle(self, *args: Any, **options: Any) -> None:
        archive: Path = options["archive"]
        if not archive.is_file():
            raise CommandError(f"{archive} is no file.")
        passphrase = passphrase_in(options["passphrase_file"])
        try:
            with unpacked(archive, passphrase, options["keys"]) as found:
                self._describe(found.manifest)
                if options["dry_run"]:
                    self.stdout.write("Nothing was touched.")
                    return
                if not found.keys:
                    self.stderr.write("The keys stay as they are: give --keys for those apart.")
                with be_alone():
                    aside = put_in_place(found)
        except UnfitArchive as refusal:
            raise CommandError(f"{refusal} Nothing was touched.") from refusal
        self.stdout.write(f"Restored. What was there before is in {aside}.")
        self._finish()

    def _describe(self, manifest: Manifest) -> None:
        self.stdout.write(
            f"Version {manifest.version} of {manifest.made_at}, {manifest.database}, "
            f"{len(manifest.members)} files"
        )
        for table, number in manifest.rows.items():
            if number:
                self.stdout.write(f"{number:>10} {table}")

    def _finish(self) -> None:
        """New processes, for this one still holds the keys and connections of before."""
        for command in (("migrate", "-v0"), ("verify", "--all")):
            done = subprocess.run(manage(*command), check=False)  # noqa: S603  our own command
            if done.returncode:
                raise CommandError(f"“manage.py {command[0]}” failed; see above.")
