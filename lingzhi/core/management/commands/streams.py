"""Serve the streams of live pages from a process of their own."""

from typing import Any

from django.conf import settings
from django.core.management import CommandParser

from lingzhi.core.running import ServiceCommand, mark_running
from lingzhi.core.serving import check_port, serve_wsgi


class Command(ServiceCommand):
    help = "Serve /live/ with one thread per stream; a proxy in front sends /live/ here."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8001)
        parser.add_argument("--streams", type=int, default=800, help="at once")

    def handle(self, *args: Any, **options: Any) -> None:
        check_port(options["host"], options["port"])
        settings.LIVE_STREAMS = options["streams"]
        with mark_running():
            serve_wsgi(options["host"], options["port"], workers=1, threads=options["streams"] + 8)
