"""Run the whole program on one machine: pages, streams, workers, scheduler, live inspection."""

from typing import Any

import structlog
from django.conf import settings
from django.core.management import CommandParser
from django.db import connections

from lingzhi.core.running import ServiceCommand, mark_running
from lingzhi.core.serving import check_database, check_port, invitation
from lingzhi.core.supervision import Child, Supervisor, manage

log = structlog.get_logger("lingzhi.running")
GRACE_SECONDS = 35.0  # longer than any child's own


class Command(ServiceCommand):
    help = "Run everything and keep it running. JSON lines on stderr; SIGTERM stops in order."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--live-port", type=int, help="default: the port after --port")
        parser.add_argument("--web-workers", type=int, default=1, help="processes for pages")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        live_port = options["live_port"] or port + 1
        check_port(host, port)
        check_port(host, live_port)
        check_database()
        self.stdout.write(invitation(f"http://{host}:{port}"), ending="")
        self.stdout.flush()
        connections.close_all()
        with mark_running():
            log.info("serving", address=f"http://{host}:{port}", version=settings.VERSION)
            code = Supervisor(
                self._children(host, port, live_port, options["web_workers"]),
                grace_seconds=GRACE_SECONDS,
            ).run()
        log.info("stopped", code=code)
        if code:
            raise SystemExit(code)

    def _children(self, host: str, port: int, live_port: int, workers: int) -> list[Child]:
        web = ("web", "--host", host, "--port", str(port), "--workers", str(workers))
        streams = ("streams", "--host", host, "--port", str(live_port))
        alone = {name: (name,) for name in settings.SERVED}
        commands = {"web": web, "streams": streams, **alone}
        return [Child(name, manage(*command)) for name, command in commands.items()]
