import hashlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from lingzhi.contacts.queries import published
from lingzhi.inspections.queries import finding_lines


class Command(BaseCommand):
    help = (
        "Write the findings of every conversation as lines of JSON, sorted, without run and time: "
        "the same rule versions over the same data give the same file, byte for byte."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", type=Path, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        digest, count = hashlib.sha256(), 0
        with options["out"].open("wb") as file:
            for line in finding_lines(published()):
                digest.update(line.encode())
                file.write(line.encode())
                count += 1
        self.stdout.write(f"{count} findings, SHA-256 {digest.hexdigest()}")
