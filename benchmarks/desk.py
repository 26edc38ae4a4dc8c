# ruff: noqa: E402  # path and settings must be set before anything is imported
"""A desk at work, here and on django-helpdesk: create, list, view and update tickets.

    .venv/bin/python benchmarks/desk.py

Eight clients, 100,000 tickets on each side (TICKETS), a minute each (SECONDS), one after the other
on the same machine. Both sides stand behind granian with the same processes and threads, on SQLite
with WAL and `synchronous=FULL`: each acknowledged write was synced to the disk (one fsync of the
log a commit, one commit a call here; as many as it makes there).

django-helpdesk comes from PyPI into an environment of its own in a temporary folder (PIP_ARGS for
pip). It is asked in its quickest ways: creating and updating (a comment) by its REST API, listing
by the JSON of its own list page, viewing by its page: its REST API loads every ticket for each list
and view, which would take minutes at this size. Mails are off on both sides.

The last line is JSON with `throughput_vs_django_helpdesk`.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[0] = str(ROOT)  # this file's own folder would hide other modules of its names

import base64
import json
import shlex
import socket
import subprocess
import time
import venv
from typing import Any
from urllib.request import urlopen

TICKETS = int(os.environ.get("TICKETS", "100000"))
SECONDS = os.environ.get("SECONDS", "60")
PROCESSES, THREADS = "2", "4"
MATERIAL = ROOT / "benchmarks" / "material" / "desk"
JSON = {"Content-Type": "application/json"}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, theirs = here(folder / "here"), helpdesk(folder / "helpdesk")
    ratio = round(ours["a_second"] / theirs["a_second"], 2)
    print(json.dumps({
        "tickets": TICKETS, "here": ours, "django_helpdesk": theirs,
        "p95_ms": max(ours["p95_ms"].values()), "throughput_vs_django_helpdesk": ratio,
    }))  # fmt: skip


def here(folder: Path) -> dict[str, Any]:
    """This program behind granian, asked by its REST API with a token."""
    folder.mkdir()
    environment = {
        **os.environ, "DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "LOG_LEVEL": "WARNING", "API_CALLS": "10000000", "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    seed = [sys.executable, str(MATERIAL / "seed.py"), str(TICKETS)]
    seeded = json.loads(_output(seed, environment))
    act = {"headers": JSON, "method": "POST", "answers": [201]}
    get = {"headers": {}, "method": "GET", "answers": [200], "body": ""}
    opening = {"type": "enquiry", "unit": "first", "title": "包裹未送达", "description": "三天未到"}
    note = {"text": "已联系快递公司核实"}
    calls = {
        "create": act | {"path": "/api/v1/cases", "body": json.dumps(opening)},
        "list": get | {"path": "/api/v1/cases?limit=25&kind=all"},
        "view": get | {"path": "/api/v1/cases/{ticket}"},
        "update": act | {"path": "/api/v1/cases/{ticket}/notes", "body": json.dumps(note)},
    }
    headers = {"Authorization": f"Bearer {seeded['token']}"}
    plan = {"tickets": seeded["tickets"], "headers": headers, "calls": calls}
    granian = [sys.executable, "-m", "granian"]
    return measured(plan, folder, [*granian, "config.wsgi:application"], environment)


def helpdesk(folder: Path) -> dict[str, Any]:
    """django-helpdesk behind granian, asked in its quickest ways."""
    venv.create(folder / "venv", with_pip=True)
    python = str(folder / "venv" / "bin" / "python")
    extra = shlex.split(os.environ.get("PIP_ARGS", ""))
    install = [python, "-m", "pip", "install", "--quiet", "django-helpdesk", "granian"]
    subprocess.run([*install, *extra], check=True, stdout=subprocess.DEVNULL)
    environment = {
        **{name: text for name, text in os.environ.items() if not name.startswith("DJANGO")},
        "DESK_DATABASE": str(folder / "db.sqlite3"), "PYTHONPATH": str(MATERIAL),
        "DJANGO_SETTINGS_MODULE": "helpdesk_settings",
    }  # fmt: skip
    seed = [python, str(MATERIAL / "helpdesk_seed.py"), str(TICKETS)]
    seeded = json.loads(_output(seed, environment))
    token = "c" * 32
    cookie = {"Cookie": f"sessionid={seeded['session']}; csrftoken={token}", "X-CSRFToken": token}
    ticket = {
        "queue": seeded["queue"], "title": "包裹未送达", "description": "三天未到", "priority": 3,
        "submitter_email": None, "status": 1,
    }  # fmt: skip
    query = base64.b64encode(json.dumps({"sorting": "created", "sortreverse": True}).encode())
    columns = "draw=1&start=0&length=25&order%5B0%5D%5Bcolumn%5D=0&order%5B0%5D%5Bdir%5D=desc"
    get = {"headers": {}, "method": "GET", "answers": [200], "body": ""}
    calls = {
        "create": {
            "method": "POST", "path": "/api/tickets/", "headers": JSON, "answers": [201],
            "body": json.dumps(ticket),
        },
        "list": get | {"path": f"/datatables_ticket_list/{query.decode()}?{columns}"},
        "view": get | {"path": "/tickets/{ticket}/"},
        "update": {
            "method": "POST", "path": "/api/followups/", "headers": JSON, "answers": [201],
            "body": '{"ticket": {ticket}, "title": "checked", "comment": "?", "public": true}',
        },
    }  # fmt: skip
    plan = {"tickets": [1, TICKETS], "headers": cookie, "calls": calls}
    command = [python, "-m", "granian", "helpdesk_wsgi:application"]
    return measured(plan, folder, command, environment)


def measured(
    plan: dict[str, Any], folder: Path, command: list[str], environment: dict[str, str]
) -> dict[str, Any]:
    """What the clients saw, once the server had answered each kind of call a little."""
    port = _free_port()
    options = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    options += ["--workers", PROCESSES, "--blocking-threads", THREADS, "--no-access-log"]
    path = folder / "plan.json"
    path.write_text(json.dumps(plan | {"port": port}), "utf-8")
    clients = [sys.executable, str(MATERIAL / "clients.py"), str(path)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, *options], env=environment, cwd=folder, stdout=log, stderr=log
        )
        try:
            _wait_for(port)
            _output([*clients, "3"], dict(os.environ))
            found: dict[str, Any] = json.loads(_output([*clients, SECONDS], dict(os.environ)))
        finally:
            server.terminate()
            server.wait(30)
    print(json.dumps(found), file=sys.stderr)
    assert not found["failures"], (found["first_failure"], (folder / "server.log").read_text())
    return found


def _output(command: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    for _try in range(300):
        try:
            with urlopen(f"http://127.0.0.1:{port}/", timeout=5):
                return
        except OSError as problem:
            if getattr(problem, "code", 0):  # it answers, if only with an error
                return
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


if __name__ == "__main__":
    main()
