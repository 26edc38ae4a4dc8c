"""Serve pages; `serve` starts this beside everything else."""

from typing import Any

from django.conf import settings
from django.core.management import CommandParser

from lingzhi.core.running import ServiceCommand, mark_running
from lingzhi.core.serving import check_port, serve_wsgi


class Command(ServiceCommand):
    help = "Serve pages with granian."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1, help="processes")
        parser.add_argument(
            "--threads",
            type=int,
            default=16,
            help="threads of each process, besides one for each stream",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        check_port(options["host"], options["port"])
        with mark_running():
            serve_wsgi(
                options["host"],
                options["port"],
                workers=options["workers"],
                threads=options["threads"] + settings.LIVE_STREAMS,
            )
