"""Granian, as `web` and `streams` run it: one parent process, workers with many threads."""

import gc
import multiprocessing
import os
import signal
import socket
import threading
from multiprocessing.connection import wait
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.db import DatabaseError, connections
from django.urls import get_resolver
from django.utils.module_loading import import_string
from granian.constants import Interfaces
from granian.server import Server

from lingzhi.core.health import pending_migrations
from lingzhi.core.supervision import end_with_parent

APPLICATION = "config.wsgi:application"
KILL_SECONDS = 20


def serve_wsgi(host: str, port: int, *, workers: int, threads: int) -> None:
    """Serve until SIGTERM; requests under way are answered first."""
    server = Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        workers_kill_timeout=KILL_SECONDS,
        respawn_failed_workers=True,
        log_dictconfig=settings.LOGGING,
    )
    server.on_startup(end_with_parent)
    connections.close_all()
    server.serve(target_loader=load_application)


def load_application(target: str) -> Any:
    """In the worker: end when the parent is killed, then load the application."""
    threading.Thread(target=_end_when_orphaned, daemon=True).start()
    application = import_string(target.replace(":", "."))
    keep_what_is_loaded()
    return application


def keep_what_is_loaded() -> None:
    """Load every page, and from now on look for garbage only in what comes after.

    A look through all modules takes a sixth of a second, and falls on a dozenth page or so.
    """
    get_resolver().check()
    gc.collect()
    gc.freeze()


def _end_when_orphaned() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)


def check_port(host: str, port: int) -> None:
    """Raise CommandError where the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CommandError(f"{host}:{port}: {problem.strerror}") from problem


def check_database() -> None:
    """Raise CommandError where the database is away or its tables are of another version."""
    try:
        waiting = pending_migrations()
    except DatabaseError as problem:
        raise CommandError(f"The database does not answer: {problem}") from problem
    if waiting:
        raise CommandError(f"{waiting} migrations are not applied; run “manage.py migrate”.")


def invitation(address: str) -> str:
    """A line that tells who starts the program where to set it up; empty once that was done.

    It holds the secret that opens the set-up page: for the terminal, never for the log.
    """
    path = import_string(settings.SETUP_PATH)() if settings.SETUP_PATH else None
    return f"Nobody is set up yet. Open {address}{path}\n" if path else ""
